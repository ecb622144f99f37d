import type { CatalogueAction, CatalogueResource } from '../../catalogue/catalogue.ts'
import { factsOf } from '../../evaluate/action-facts.ts'
import type { Question } from '../../evaluate/question.ts'
import { compileResource } from '../../pattern/arn.ts'
import type { CompiledPolicy } from '../../policy/compile.ts'
import type { Prohibition } from '../bundle.ts'
import { contextQuestion } from '../keys/context-question.ts'
import type { World, WorldResource } from '../world.ts'
import { arnWitnesses, inRegion, regionOf, type Substitutions } from './arn-witnesses.ts'
import { boundaries, bucketsOf, scopeOf } from './boundaries.ts'
import { defaultKeyPolicy, type Element, openPolicy } from './element.ts'
import { numberOf } from './policy-number.ts'
import { type ResourceFormat, resourceFormats } from './resource-format.ts'
import { agree, literalHead, type Universe } from './universe.ts'

/** The resources that an action can be about, or why they cannot be told apart. */
export type Elements =
  /** Equal signatures: the same to every policy. */
  { elements: readonly Element[]; signature: string } | { unknown: string }

type OfType = { elements: readonly Element[] } | { unknown: string }

interface Type {
  readonly format: ResourceFormat
  readonly taggable: boolean
  /** Its resource policy decides who may assume it. */
  readonly trust: boolean
  readonly foreign: boolean
  readonly accountId: string
  /** Tags of buckets are in requests only if attribute-based access control is enabled for the bucket (Amazon S3 User
   * Guide, "Enabling ABAC in general purpose buckets"), which it is not by default. */
  readonly reticent: boolean
}

interface Sources {
  readonly world: World
  readonly universe: Universe
  readonly on: Prohibition['on']
  /** Tags of resources that somebody reads, in lower case. */
  readonly tags: ReadonlySet<string>
  readonly substitutions: Substitutions
}

const nothing = contextQuestion({})

/** Finds the resources in the scope of an invariant, action by action. */
export class ResourceClasses {
  readonly #world: World
  readonly #universe: Universe
  readonly #on: Prohibition['on']
  readonly #tags: ReadonlySet<string>
  readonly #substitutions: Substitutions
  readonly #inScope: (arn: string) => boolean
  readonly #byType = new Map<string, OfType>()
  readonly #byAction = new Map<string, Elements>()
  readonly #buckets: ReadonlyMap<string, WorldResource>

  constructor({ world, universe, on, tags, substitutions }: Sources) {
    this.#world = world
    this.#universe = universe
    this.#on = on
    this.#tags = tags
    this.#substitutions = substitutions
    const matchers = on.arns?.map((pattern) => compileResource(pattern, false, ''))
    this.#inScope = (arn) => matchers === undefined || matchers.some((match) => match(arn, nothing))
    this.#buckets = new Map(bucketsOf(world).map((bucket) => [bucket.arn, bucket]))
  }

  /** Every resource in scope that policies can tell from the others, those of the bundle first. */
  of(action: CatalogueAction): Elements {
    const { trust } = factsOf(action.action)
    const key = `${trust} ${action.resources.map((type) => `${type.arn} ${isTaggable(type, action)}`).join()}`
    const known = this.#byAction.get(key)
    if (known) return known
    const found = action.resources.length === 0 ? this.#withoutType() : this.#ofTypes(action, trust)
    this.#byAction.set(key, found)
    return found
  }

  /** An action without resource types is about no resource in particular: `*`. */
  #withoutType(): Elements {
    if (this.#on.tags || !this.#inScope('*')) return { elements: [], signature: '' }
    return signed([this.#element('*', untyped(this.#world), {})])
  }

  #ofTypes(action: CatalogueAction, trust: boolean): Elements {
    const found = new Map<string, Element>()
    for (const resource of action.resources) {
      for (const type of this.#typesOf(resource, isTaggable(resource, action), trust)) {
        const elements = this.#ofType(type)
        if ('unknown' in elements) return elements
        for (const element of elements.elements) {
          if (!found.has(element.signature)) found.set(element.signature, element)
        }
      }
    }
    return signed([...found.values()])
  }

  /** In the account; elsewhere if the ARN does not tell, or if the invariant names the other account. */
  #typesOf({ arn }: CatalogueResource, taggable: boolean, trust: boolean): Type[] {
    const { account, partition } = this.#world.bundle
    const own = resourceFormats(arn, { partition, account }).map(
      (format): Type => ({
        format,
        taggable,
        trust: trust && format.prefix.includes(':role/'),
        foreign: false,
        accountId: account,
        reticent: format.prefix.startsWith(`arn:${partition}:s3:`),
      }),
    )
    if (this.#on.tags) return own
    const elsewhere = own
      .filter(({ format }) => !format.hasAccount)
      .map((type): Type => ({ ...type, foreign: true, accountId: otherThan(account) }))
    const named = accountsIn(this.#on.arns ?? []).filter((one) => one !== account)
    const others = named.flatMap((accountId) =>
      resourceFormats(arn, { partition, account: accountId })
        .filter(({ hasAccount }) => hasAccount)
        .map((format): Type => ({ format, taggable, trust: false, foreign: true, accountId, reticent: false })),
    )
    return [...own, ...elsewhere, ...others]
  }

  #ofType(type: Type): OfType {
    const key = `${type.format.expression} ${type.taggable} ${type.trust} ${type.foreign} ${type.accountId}`
    const known = this.#byType.get(key)
    if (known) return known
    const unlisted = this.#on.tags && !type.taggable ? [] : this.#unlisted(type)
    const elements = unlisted && [...this.#listedOf(type), ...unlisted]
    const found = elements
      ? { elements }
      : { unknown: `resource patterns that fit ${type.format.prefix} are too many to tell all its ARNs apart` }
    this.#byType.set(key, found)
    return found
  }

  #listedOf(type: Type): Element[] {
    if (type.foreign) return []
    const wanted = Object.entries(this.#on.tags ?? {})
    return listedOf(this.#world, type.format)
      .filter(({ arn, tags }) => this.#inScope(arn) && wanted.every(([k, v]) => tags[k] === v))
      .map(({ arn, tags, resourcePolicy }) =>
        this.#element(arn, type, { tags, resourcePolicy: resourcePolicy ?? (type.trust ? openPolicy : undefined) }),
      )
  }

  #unlisted(type: Type): Element[] | undefined {
    const { bundle } = this.#world
    const arns = arnWitnesses(type.format, {
      universe: this.#universe,
      further: boundaries(this.#world),
      scope: scopeOf(this.#on),
      substitutions: this.#substitutions,
      listed: new Set(listedOf(this.#world, type.format).map(({ arn }) => arn)),
      region: bundle.region,
    })
    return arns
      ?.filter((arn) => this.#inScope(arn) && !(type.foreign && this.#bucketOf(arn)))
      .map((arn) => this.#element(arn, type, { resourcePolicy: this.#policyOfUnlisted(arn, type) }))
  }

  /** Nothing but a bucket has a policy that speaks for what is in it. */
  #bucketOf(arn: string): WorldResource | undefined {
    const slash = arn.indexOf('/')
    return slash < 0 ? undefined : this.#buckets.get(arn.slice(0, slash))
  }

  #policyOfUnlisted(arn: string, { foreign, trust }: Type): CompiledPolicy | undefined {
    if (foreign || trust) return openPolicy
    return this.#bucketOf(arn)?.resourcePolicy
  }

  #element(
    arn: string,
    type: Omit<Type, 'format'>,
    known: { tags?: Readonly<Record<string, string>>; resourcePolicy?: CompiledPolicy | undefined },
  ): Element {
    const { partition, account } = this.#world.bundle
    const isKey = /^arn:[^:]+:kms:[^:]*:[^:]*:key\//.test(arn)
    const resourcePolicy = known.resourcePolicy ?? (isKey ? defaultKeyPolicy(partition, account) : undefined)
    const tags = new Map(
      Object.entries(known.tags ?? this.#on.tags ?? {}).map(([key, value]) => [key.toLowerCase(), value]),
    )
    const open = known.tags === undefined && type.taggable
    const reticent = type.reticent
    const rules = /^arn:[^:]+:(iam|kms|sts):/.test(arn) ? rulesOf(arn) : ''
    const place = `${type.foreign} ${type.accountId} ${rules}`
    const structure = `${place} ${resourcePolicy && numberOf(resourcePolicy)}`
    const share = resourcePolicy && `{${this.#universe.shareOf(resourcePolicy)}}`
    const read = [...this.#tags].map((tag) => tags.get(tag))
    const marks = `${open} ${type.taggable} ${reticent} ${JSON.stringify(read)}`
    const matches = this.#matches(arn)
    const isListed = known.tags !== undefined
    const signature = `${place} ${share} ${marks} ${isListed ? regionOf(arn) : ''} ${matches}`
    const movedTo = (region: string) => {
      const moved = inRegion(arn, region)
      return moved === arn || (!isListed && this.#matches(moved) === matches) ? moved : undefined
    }
    const { foreign, accountId, taggable } = type
    return { arn, accountId, foreign, resourcePolicy, tags, open, taggable, movedTo, reticent, structure, signature }
  }

  /** The pattern sets that match; where a variable could make one match, the ARN is a class of its own. */
  #matches(arn: string): string {
    const question: Question = { ...nothing, resource: arn }
    const sets = this.#universe.setsAround(arn)
    const isInserted = sets.some(
      ({ names, patterns }) => names.length > 0 && patterns.some((one) => agree(literalHead(one), arn)),
    )
    if (isInserted) return arn
    return sets.flatMap((set) => (set.matches(question) ? set.id : [])).join()
  }
}

const listed = new WeakMap<World, Map<string, readonly WorldResource[]>>()

/** The bundle's resources of a format. */
function listedOf(world: World, { expression, accepts }: ResourceFormat): readonly WorldResource[] {
  const known = listed.get(world) ?? new Map<string, readonly WorldResource[]>()
  listed.set(world, known)
  const found = known.get(expression) ?? world.resources.filter(({ arn }) => accepts(arn))
  known.set(expression, found)
  return found
}

function signed(elements: readonly Element[]): Elements {
  return {
    elements,
    signature: elements
      .map(({ signature }) => signature)
      .sort()
      .join(';'),
  }
}

function untyped({ bundle }: World): Omit<Type, 'format'> {
  return { taggable: false, trust: false, foreign: false, accountId: bundle.account, reticent: false }
}

function isTaggable({ conditionKeys }: CatalogueResource, action: CatalogueAction): boolean {
  const isTag = (key: string) => /^[a-z0-9-]+:ResourceTag\//i.test(key)
  return conditionKeys.some(isTag) || action.conditionKeys.some(isTag)
}

/** What the rules of services look at; see `service-rules.ts` and `needsResourcePolicy`. */
function rulesOf(arn: string): string {
  const resource = arn.split(':').slice(5).join(':')
  return /^(role\/(aws-service-role|aws-reserved)\/|role\/|policy\/|alias\/aws\/|alias\/|key\/|[^/]*)/.exec(
    resource,
  )![0]
}

function accountsIn(arns: readonly string[]): string[] {
  return [...new Set(arns.map((arn) => arn.split(':')[4] ?? '').filter((account) => /^\d{12}$/.test(account)))]
}

/** An account that is not the given one, for resources that anybody may own. */
function otherThan(account: string): string {
  return account === '999999999999' ? '888888888888' : '999999999999'
}
