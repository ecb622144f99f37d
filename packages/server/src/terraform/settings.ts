/** What the terraform door needs from the configuration. Nothing in this room reads the environment itself. */
export interface TerraformSettings {
  /** Directory that holds `stacks/` and `modules/`. */
  sourceDir: string
  /** Private directory for work directories, one per run. */
  workRoot: string
  /** How many terraform processes may run at once: each takes about 0.7 GB with the AWS provider. */
  concurrency: number
  /** `UAIS_TERRAFORM`: path of terraform or tofu; otherwise the first of both on `searchPath`. */
  binary?: string | undefined
  /** `UAIS_TF_MIRROR`, then `TF_PLUGIN_DIR`: a directory in the layout of a filesystem mirror. */
  mirror?: string | undefined
  /** `TF_CLI_CONFIG_FILE` of the operator; used as it is when the file exists. */
  cliConfigFile?: string | undefined
  /** `PATH`. */
  searchPath: string
  /** `HOME`, `XDG_DATA_HOME` and `XDG_DATA_DIRS`: where Terraform looks for plugins by itself. */
  home?: string | undefined
  dataDirs: readonly string[]
  /** Variables handed on as they are, e.g. HTTPS_PROXY for the registry. */
  inherit: Readonly<Record<string, string>>
}
