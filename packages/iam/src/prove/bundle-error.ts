/** A proof bundle that cannot be read. `path` says where in the bundle: `principals[0].arn`. */
export class BundleError extends Error {
  override readonly name = 'BundleError'
  readonly path: string

  constructor(path: string, message: string) {
    super(path ? `${path}: ${message}` : message)
    this.path = path
  }
}
