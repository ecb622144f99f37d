import { type CompiledPolicy, compilePolicy, type PolicyDocument, type PolicyType } from '@uais/iam'

const byText = new Map<string, CompiledPolicy>()
const byDocument = new WeakMap<object, CompiledPolicy>()
const limit = 5_000

/** Compiles a stored policy once per text and name. Throws when the text is no policy: nothing is decided then. */
export function compiledText(name: string, text: string, type?: PolicyType): CompiledPolicy {
  const id = `${name}\n${type ?? ''}\n${text}`
  let policy = byText.get(id)
  if (!policy) {
    policy = compilePolicy(text, { name, type })
    if (byText.size >= limit) byText.clear()
    byText.set(id, policy)
  }
  return policy
}

/** The same for a parsed document; one that is the same object again costs nothing. */
export function compiledDocument(name: string, document: PolicyDocument, type?: PolicyType): CompiledPolicy {
  let policy = byDocument.get(document)
  if (!policy) {
    policy = compiledText(name, JSON.stringify(document), type)
    byDocument.set(document, policy)
  }
  return policy
}
