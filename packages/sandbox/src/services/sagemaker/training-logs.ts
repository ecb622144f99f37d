import type { Call } from '../../kernel/operation.ts'
import type { Principal } from '../../kernel/principal.ts'

/** Log group of all training jobs (SageMaker AI Developer Guide, "Log Groups and Streams That Amazon SageMaker AI Logs"). */
const logGroupName = '/aws/sagemaker/TrainingJobs'

/**
 * The job's log stream, written with the job's role. Lines are gathered and sent once a second. A role that may not
 * log leaves no log, as in AWS: the job goes on.
 */
export class TrainingLog {
  readonly #call: Call
  readonly #principal: Principal
  readonly #logStreamName: string
  #lines: { timestamp: number; message: string }[] = []
  #sending: Promise<void> = Promise.resolve()
  #opened = false
  #timer: NodeJS.Timeout | undefined

  constructor(call: Call, principal: Principal, jobName: string) {
    this.#call = call
    this.#principal = principal
    this.#logStreamName = `${jobName}/algo-1-${Math.floor(Date.now() / 1000)}`
  }

  write(message: string) {
    this.#lines.push({ timestamp: Date.now(), message })
    this.#timer ??= setTimeout(() => void this.flush(), 1000).unref()
  }

  /** Sends what was gathered, after what is being sent. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const logEvents = this.#lines.splice(0)
    if (logEvents.length > 0) this.#sending = this.#sending.then(() => this.#send(logEvents))
    return this.#sending
  }

  async #send(logEvents: { timestamp: number; message: string }[]) {
    const stream = { logGroupName, logStreamName: this.#logStreamName }
    if (!this.#opened) {
      await this.#try('CreateLogGroup', { logGroupName })
      await this.#try('CreateLogStream', stream)
      this.#opened = true
    }
    await this.#try('PutLogEvents', { ...stream, logEvents })
  }

  async #try(operation: string, input: object) {
    const origin = { sourceIp: 'sagemaker.amazonaws.com', secure: true }
    await this.#call.invoke('logs', operation, input, { principal: this.#principal, origin }).catch(() => undefined)
  }
}
