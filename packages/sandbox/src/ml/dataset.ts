import { readFileSync } from 'node:fs'
import { seededRandom, shuffled } from './random.ts'

/** A public data set, cut into the files that the built-in algorithms read: label first, no header. */
export interface Dataset {
  name: string
  source: string
  /** What is predicted, and from what. */
  label: string
  classes: readonly string[]
  features: readonly string[]
  rows: { train: number; validation: number; test: number }
  train: string
  validation: string
  /** Held out: never given to training. */
  test: string
}

interface Penguin {
  Species: string
  'Beak Length (mm)': number | null
  'Beak Depth (mm)': number | null
  'Flipper Length (mm)': number | null
  'Body Mass (g)': number | null
}

const measurements = ['Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)'] as const
const species = ['Adelie', 'Chinstrap', 'Gentoo']

/** Three species of 342 penguins from four body measurements. Split 70/15/15 by a fixed seed. */
export function penguins(): Dataset {
  const all = JSON.parse(readFileSync(dataFile('penguins.json'), 'utf8')) as Penguin[]
  const rows = all
    .filter((each) => measurements.every((name) => typeof each[name] === 'number'))
    .map((each) => [species.indexOf(each.Species), ...measurements.map((name) => each[name])].join(','))
  return {
    name: 'penguins',
    source:
      'Palmer Archipelago penguins, K. Gorman and Palmer Station LTER (CC0), from npm vega-datasets 3.2.1 penguins.json',
    label: 'Species',
    classes: species,
    features: measurements,
    ...split(rows),
  }
}

const sizes = ['Small', 'Medium', 'Large']
const phases = ['Approach', 'Climb', 'Take-off run', 'Landing Roll', 'Descent', 'Taxi', 'Parked']
const times = ['Day', 'Night', 'Dusk', 'Dawn']

/**
 * Whether a bird strike damaged the aircraft: 7,164 strikes with a known speed, about one in eight with damage.
 * A rare positive class, as in fraud or claims. Split 70/15/15 by a fixed seed.
 */
export function birdStrikes(): Dataset {
  const [header = '', ...lines] = readFileSync(dataFile('birdstrikes.csv'), 'utf8').trim().split(/\r?\n/)
  const column = new Map(header.split(',').map((name, index) => [name, index]))
  const rows = lines
    .map((line) => line.split(','))
    .filter((cells) => cells[column.get('Speed IAS in knots')!] !== '')
    .map((cells) => {
      const cell = (name: string) => cells[column.get(name)!] ?? ''
      return [
        Number(cell('Effect Amount of damage') !== 'None'),
        sizes.indexOf(cell('Wildlife Size')),
        cell('Speed IAS in knots'),
        ...phases.map((phase) => Number(cell('Phase of flight') === phase)),
        ...times.map((time) => Number(cell('Time of day') === time)),
      ].join(',')
    })
  return {
    name: 'birdstrikes',
    source: 'FAA Wildlife Strike Database (public domain), from npm vega-datasets 3.2.1 birdstrikes.csv',
    label: 'Aircraft damaged',
    classes: ['No damage', 'Damage'],
    features: ['Wildlife Size', 'Speed IAS in knots', ...phases, ...times],
    ...split(rows),
  }
}

function split(rows: string[]) {
  const mixed = shuffled(rows, seededRandom(20_261_122))
  const first = Math.round(mixed.length * 0.7)
  const second = Math.round(mixed.length * 0.85)
  const [train, validation, test] = [mixed.slice(0, first), mixed.slice(first, second), mixed.slice(second)]
  return {
    rows: { train: train.length, validation: validation.length, test: test.length },
    train: `${train.join('\n')}\n`,
    validation: `${validation.join('\n')}\n`,
    test: `${test.join('\n')}\n`,
  }
}

function dataFile(name: string): URL {
  return new URL(`../data/${name}`, import.meta.resolve('vega-datasets'))
}
