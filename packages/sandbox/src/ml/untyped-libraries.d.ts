declare module 'ml-cart' {
  /** A node of the exported tree: a split, or a leaf with the mean of its targets. */
  export interface CartNode {
    splitColumn?: number
    splitValue?: number
    left?: CartNode
    right?: CartNode
    distribution?: number
  }
  export class DecisionTreeRegression {
    constructor(options: { maxDepth: number; minNumSamples: number })
    train(features: number[][], targets: number[]): void
    toJSON(): { root: CartNode }
  }
}

declare module 'ml-logistic-regression' {
  import type { Matrix } from 'ml-matrix'
  /** One-versus-all: classifier `i` scores the probability that a row is *not* of class `i`. */
  export default class LogisticRegression {
    constructor(options: { numSteps: number; learningRate: number })
    readonly classifiers: { weights: Matrix }[]
    train(features: Matrix, labels: Matrix): void
  }
}
