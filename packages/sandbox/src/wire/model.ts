import { readFileSync } from 'node:fs'
import type { MemberFile, ModelFile, OperationFile, Protocol, ShapeFile } from './model-file.ts'

/** A service's wire format, linked: members point at shapes, and shapes are made when first asked for. */
export interface Model {
  readonly file: ModelFile
  readonly name: string
  readonly protocols: readonly Protocol[]
  readonly operations: ReadonlyMap<string, OperationModel>
}

export interface OperationModel extends Omit<OperationFile, 'input' | 'output'> {
  readonly name: string
  readonly input: Shape | undefined
  readonly output: Shape | undefined
}

export interface Shape extends Omit<ShapeFile, 'members' | 'member' | 'key' | 'value' | 'required'> {
  readonly name: string
  /** In the model's order, which is the order on the wire. Empty for anything but structures. */
  readonly members: ReadonlyMap<string, Member>
  /** Element of a list, value of a map. */
  readonly item: Member | undefined
  readonly mapKey: Member | undefined
  readonly required: readonly string[]
}

export interface Member extends Omit<MemberFile, 'shape'> {
  readonly name: string
  readonly shape: Shape
}

const loaded = new Map<string, Model>()

/** Reads models/<name>.json once. Throws when there is no such model. */
export function loadModel(name: string): Model {
  const known = loaded.get(name)
  if (known) return known
  const file = JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), 'utf8')) as ModelFile
  const model = linkModel(file)
  loaded.set(name, model)
  return model
}

function linkModel(file: ModelFile): Model {
  const shapes = new Map<string, Shape>()
  const shapeOf = (name: string): Shape => {
    let shape = shapes.get(name)
    if (!shape) {
      shape = linkShape(name, file.shapes[name] as ShapeFile, shapeOf)
      shapes.set(name, shape)
    }
    return shape
  }
  const operations = new Map<string, OperationModel>()
  for (const [name, { input, output, ...rest }] of Object.entries(file.operations)) {
    operations.set(name, {
      ...rest,
      name,
      get input() {
        return input === undefined ? undefined : shapeOf(input)
      },
      get output() {
        return output === undefined ? undefined : shapeOf(output)
      },
    })
  }
  return { file, name: file.service, protocols: file.protocols, operations }
}

/** Shapes refer to each other in circles, so members are linked on first use. */
function linkShape(name: string, file: ShapeFile, shapeOf: (name: string) => Shape): Shape {
  const { members, member, key, value, required, ...traits } = file
  let linkedMembers: Map<string, Member> | undefined
  let linkedItem: Member | undefined
  let linkedKey: Member | undefined
  const link = (memberName: string, target: MemberFile): Member => {
    const { shape, ...rest } = target
    return { ...rest, name: memberName, shape: shapeOf(shape) }
  }
  return {
    ...traits,
    name,
    required: required ?? [],
    get members() {
      linkedMembers ??= new Map(Object.entries(members ?? {}).map(([n, target]) => [n, link(n, target)]))
      return linkedMembers
    },
    get item() {
      const target = member ?? value
      if (target) linkedItem ??= link('member', target)
      return linkedItem
    },
    get mapKey() {
      if (key) linkedKey ??= link('key', key)
      return linkedKey
    },
  }
}
