/** Classes of data, from open to closed, as a choice. */
export const classifications = ['public', 'internal', 'confidential', 'restricted'].map((value) => ({
  value,
  label: value.charAt(0).toUpperCase() + value.slice(1),
}))
