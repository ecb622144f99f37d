import type { CatalogueAction } from '@uais/iam'

/** Condition keys that AWS lists for an action and for the resources that it can be asked of. */
const keysOf = ({ conditionKeys, resources }: CatalogueAction): string[] => [
  ...conditionKeys,
  ...resources.flatMap((resource) => resource.conditionKeys),
]

/** Filled by AWS in every request, whatever the action. */
const isGlobal = (key: string) => /^aws:/i.test(key) && !/^aws:(RequestTag|ResourceTag|TagKeys)/i.test(key)

/** `aws:RequestTag/${TagKey}` stands for every key of a tag; names have no case. */
function isNamedBy(key: string, listed: string): boolean {
  const open = listed.indexOf('${')
  const known = (open < 0 ? listed : listed.slice(0, open)).toLowerCase()
  return open < 0 ? key.toLowerCase() === known : key.toLowerCase().startsWith(known)
}

/** Whether a request for the action could hold the key at all (Service Authorization Reference, "Condition keys"). */
export const carries = (action: CatalogueAction, key: string): boolean =>
  isGlobal(key) || keysOf(action).some((listed) => isNamedBy(key, listed))
