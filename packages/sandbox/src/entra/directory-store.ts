import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Group, groups, type Person, people } from './directory.ts'
import {
  type DirectoryState,
  type MembershipChange,
  newDirectory,
  type PersonChange,
  type Subscription,
} from './directory-state.ts'

/** The tenant's people and groups, kept in `directory.json` so that a restart remembers every change. */
export class DirectoryStore {
  readonly #file: string
  readonly #state: DirectoryState
  readonly #listeners: ((change: MembershipChange | PersonChange) => void)[] = []

  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true })
    this.#file = join(dataDir, 'directory.json')
    this.#state = existsSync(this.#file)
      ? (JSON.parse(readFileSync(this.#file, 'utf8')) as DirectoryState)
      : newDirectory()
  }

  people(): readonly Person[] {
    return people
  }

  person(id: string): Person | undefined {
    return people.find((each) => each.id === id || each.userPrincipalName === id)
  }

  enabled(id: string): boolean {
    return !this.#state.disabled.includes(id)
  }

  validFrom(id: string): Date {
    return new Date(this.#state.validFrom[id] ?? 0)
  }

  groups(): Group[] {
    return groups.map((group) => ({ ...group, members: this.#state.members[group.id] ?? [] }))
  }

  group(id: string): Group | undefined {
    return this.groups().find((each) => each.id === id)
  }

  /** Groups that hold `id` directly; with `transitive`, also the groups that hold those. */
  groupsOf(id: string, transitive: boolean): Group[] {
    const all = this.groups()
    const found = new Map<string, Group>()
    const visit = (member: string) => {
      for (const group of all) {
        if (!group.members.includes(member) || found.has(group.id)) continue
        found.set(group.id, group)
        if (transitive) visit(group.id)
      }
    }
    visit(id)
    return [...found.values()]
  }

  setMember(group: string, member: string, present: boolean): boolean {
    const members = this.#state.members[group] ?? []
    if (members.includes(member) === present) return false
    this.#state.members[group] = present ? [...members, member] : members.filter((each) => each !== member)
    const change = { number: this.latestChange() + 1, group, member, removed: !present }
    this.#state.changes.push(change)
    this.#save()
    for (const listener of this.#listeners) listener(change)
    return true
  }

  setEnabled(id: string, enabled: boolean) {
    this.#state.disabled = this.#state.disabled.filter((each) => each !== id)
    if (!enabled) this.#state.disabled.push(id)
    this.#save()
    for (const listener of this.#listeners) listener({ person: id })
  }

  revokeSessions(id: string, now: Date) {
    this.#state.validFrom[id] = now.toISOString()
    this.#save()
  }

  latestChange(): number {
    return this.#state.changes.at(-1)?.number ?? 0
  }

  /** Changes after `number`, or undefined when that delta token is no longer known. */
  changesSince(number: number): MembershipChange[] | undefined {
    if (number < this.#state.oldestDelta || number > this.latestChange()) return undefined
    return this.#state.changes.filter((change) => change.number > number)
  }

  /** Makes every delta token handed out so far answer 410, as Entra does when a client stayed away too long. */
  expireDeltas() {
    const number = this.latestChange() + 1
    this.#state.changes.push({ number, group: '', member: '', removed: false })
    this.#state.oldestDelta = number
    this.#save()
  }

  onChange(listener: (change: MembershipChange | PersonChange) => void) {
    this.#listeners.push(listener)
  }

  /** Those that have not run out. */
  subscriptions(now = new Date()): Subscription[] {
    return this.#state.subscriptions.filter((each) => new Date(each.expirationDateTime) > now)
  }

  putSubscription(subscription: Subscription) {
    this.deleteSubscription(subscription.id)
    this.#state.subscriptions.push(subscription)
    this.#save()
  }

  deleteSubscription(id: string): boolean {
    const before = this.#state.subscriptions.length
    this.#state.subscriptions = this.#state.subscriptions.filter((each) => each.id !== id)
    if (this.#state.subscriptions.length < before) this.#save()
    return this.#state.subscriptions.length < before
  }

  /** Writes beside and renames, so that a kill leaves the old file or the new one. */
  #save() {
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#state))
    renameSync(`${this.#file}.new`, this.#file)
  }
}
