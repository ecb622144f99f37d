/** At most `size` holders at a time, first come first served. */
export class Slots {
  private free: number
  private readonly waiting: (() => void)[] = []

  constructor(size: number) {
    this.free = size
  }

  /** Runs `work` once a slot is free; gives up when `signal` is aborted before. */
  async hold<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.take(signal)
    try {
      return await work()
    } finally {
      this.give()
    }
  }

  private take(signal?: AbortSignal): Promise<void> {
    if (this.free > 0) {
      this.free -= 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(enter), 1)
        reject(signal?.reason ?? new Error('cancelled while waiting for a terraform slot'))
      }
      this.waiting.push(enter)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  private give(): void {
    const next = this.waiting.shift()
    if (next) next()
    else this.free += 1
  }
}
