/** The browser tab's title; React hoists it into the head. */
export function PageTitle({ title }: { title: string }) {
  return <title>{`${title} · United AI Studio`}</title>
}
