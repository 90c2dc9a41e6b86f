/** The values that a device has, by the names of its variables. */
export interface DeviceVariables {
  values(): Readonly<Record<string, string>>
  set(name: string, value: string): void
  /** Says how often one of these got another value. */
  changesOf(names: readonly string[]): number
}

export const createDeviceVariables = (): DeviceVariables => {
  let values: Readonly<Record<string, string>> = {}
  const changes = new Map<string, number>()
  return {
    values: () => values,
    set: (name, value) => {
      if (values[name] === value) return
      values = { ...values, [name]: value }
      changes.set(name, (changes.get(name) ?? 0) + 1)
    },
    changesOf: (names) => names.reduce((sum, name) => sum + (changes.get(name) ?? 0), 0),
  }
}

/** The variables that a text names. */
export const variablesIn = (text: string): readonly string[] => [
  ...new Set(Array.from(text.matchAll(/\bstate\.([A-Za-z_][A-Za-z0-9_]*)/g), ([, name = '']) => name)),
]
