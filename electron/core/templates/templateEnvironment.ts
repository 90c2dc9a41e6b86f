/** The variables that `{{ env.name }}` gives, as strings. */
export interface TemplateEnvironment {
  /** False = the connection has none. */
  readonly isInUse: boolean
  readonly hasSecrets: boolean
  /** Of all variables, in their order; a secret that is not known has a name and no value. */
  readonly names: readonly string[]
  readonly values: Readonly<Record<string, string>>
  /** The same with dots for secrets, for what is shown. */
  readonly shown: Readonly<Record<string, string>>
}

export const noEnvironment: TemplateEnvironment = {
  isInUse: false,
  hasSecrets: false,
  names: [],
  values: {},
  shown: {},
}

/** The environment of which nothing can come out that must not be shown. */
export const withDots = (environment: TemplateEnvironment): TemplateEnvironment => ({
  ...environment,
  hasSecrets: false,
  values: environment.shown,
})
