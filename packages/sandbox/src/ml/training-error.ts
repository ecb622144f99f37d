/**
 * Why a training job failed, as `FailureReason` says it: `ClientError` for wrong data or hyperparameters,
 * `AlgorithmError` for a fault of the algorithm (SageMaker Developer Guide, "Docker Container Exit codes").
 */
export class TrainingError extends Error {
  override name = 'TrainingError'
  readonly kind: 'ClientError' | 'AlgorithmError'

  constructor(kind: 'ClientError' | 'AlgorithmError', message: string) {
    super(message)
    this.kind = kind
  }

  get failureReason(): string {
    return `${this.kind}: ${this.message}, exit code: ${this.kind === 'ClientError' ? 2 : 1}`
  }
}

export function clientError(message: string): TrainingError {
  return new TrainingError('ClientError', message)
}
