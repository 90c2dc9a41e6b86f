export type ReadOptions<Option extends string> =
  | { readonly ok: true; readonly given: ReadonlyMap<Option, string>; readonly files: readonly string[] }
  | { readonly ok: false; readonly problem: string }

/** Options with a value, before and behind the files; what follows `--` is a file. */
export const readOptions = <Option extends `--${string}`>(
  args: readonly string[],
  options: readonly Option[],
): ReadOptions<Option> => {
  const given = new Map<Option, string>()
  const files: string[] = []
  const wrong = (problem: string) => ({ ok: false, problem }) as const
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    if (arg === '--') {
      files.push(...args.slice(index + 1))
      break
    }
    if (!arg.startsWith('--')) {
      if (arg.startsWith('-') && arg !== '-') return wrong(`${arg} is no option`)
      files.push(arg)
      continue
    }
    const [, name = arg, joined] = /^(--[^=]*)=(.*)$/s.exec(arg) ?? []
    const option = options.find((one) => one === name)
    if (!option) return wrong(`${name} is no option`)
    if (given.has(option)) return wrong(`${option} stands twice`)
    const value = joined ?? args[++index]
    if (value === undefined) return wrong(`${option} wants a value`)
    given.set(option, value)
  }
  return { ok: true, given, files }
}
