import type { ShellWord } from '#shared/address/shellWords'
import type { Dropped } from '../foreignConnection'

/**
 * What follows an option: nothing, a value, values up to the next option, or a value that may be missing because it is asked for
 * then.
 */
type OptionValue = 'nothing' | 'one' | 'many' | 'maybe'

/** The options of a client by their names: what they say, and what follows them. */
export type CommandOptions = ReadonlyMap<string, { readonly says: string; readonly takes: OptionValue }>

/** Names with `|` between them; `''` = what is said has no setting here. */
export const optionsOf = (
  table: Readonly<Partial<Record<OptionValue, Readonly<Record<string, string>>>>>,
): CommandOptions =>
  new Map(
    (Object.entries(table) as [OptionValue, Readonly<Record<string, string>>][]).flatMap(([takes, said]) =>
      Object.entries(said).flatMap(([names, says]) => names.split('|').map((name) => [name, { says, takes }] as const)),
    ),
  )

/** What a command says, by what its options say. */
export interface SaidByCommand {
  has(name: string): boolean
  /** The last one; '' = none. */
  text(name: string): string
  number(name: string): number | undefined
  all(name: string): readonly string[]
  /** What has no setting, by its option. */
  readonly dropped: readonly Dropped[]
  readonly kept: Readonly<Record<string, string>>
}

const secretOption = /pass|pw|psk|secret|token|header|^-wh$/i

/** Reads the words behind the name of a command. A value that a shell would put in is not known, and named. */
export const saidByCommand = (words: readonly ShellWord[], options: CommandOptions): SaidByCommand => {
  const said = new Map<string, string[]>()
  const dropped: Dropped[] = []
  const kept: Record<string, string> = {}
  for (let at = 0; at < words.length;) {
    const { name, says, values, length } = optionAt(words.slice(at), options)
    at += length
    if (says === undefined || says === '') {
      dropped.push({
        field: name,
        why: says === undefined ? 'unclear' : secretOption.test(name) ? 'secret' : 'noSetting',
      })
      if (!secretOption.test(name) && says === '') kept[name] = values.map(({ text }) => text).join(' ')
    } else if (values.some(({ isExpanded }) => isExpanded)) dropped.push({ field: name, why: 'unclear' })
    else said.set(says, [...(said.get(says) ?? []), ...values.map(({ text }) => text)])
  }
  const text = (name: string) => said.get(name)?.at(-1) ?? ''
  return {
    has: (name) => said.has(name),
    text,
    number: (name) => (/^\d{1,15}$/.test(text(name)) ? Number(text(name)) : undefined),
    all: (name) => said.get(name) ?? [],
    dropped,
    kept,
  }
}

interface ReadOption {
  readonly name: string
  /** Undefined = nobody knows it. */
  readonly says: string | undefined
  readonly values: readonly ShellWord[]
  readonly length: number
}

const optionAt = ([first, ...rest]: readonly ShellWord[], options: CommandOptions): ReadOption => {
  const word = first?.text ?? ''
  const known = options.get(word)
  if (known) {
    const count = valuesBehind(rest, known.takes)
    return { name: word, says: known.says, values: rest.slice(0, count), length: 1 + count }
  }
  // `--port=8883`, and `-p8883` of a name of one letter.
  const [, name = '', value = ''] = /^(--?[\w:-]+)=(.*)$/s.exec(word) ?? /^(-[A-Za-z])(.+)$/s.exec(word) ?? []
  const option = options.get(name)
  if (option && option.takes !== 'nothing')
    return { name, says: option.says, values: [{ text: value, isExpanded: first?.isExpanded ?? false }], length: 1 }
  // What follows an unknown option may be its value, and that a password.
  const takesNext = word.startsWith('-') && rest[0] !== undefined && !rest[0].text.startsWith('-')
  return {
    name: word.startsWith('-') ? word.replace(/=.*$/s, '=…') : '…',
    says: undefined,
    values: [],
    length: takesNext ? 2 : 1,
  }
}

const isOption = (word: ShellWord | undefined): boolean => word === undefined || /^-[^\d]/.test(word.text)

const valuesBehind = (rest: readonly ShellWord[], takes: OptionValue): number => {
  if (takes === 'nothing' || rest.length === 0) return 0
  if (takes === 'one') return 1
  if (takes === 'maybe') return isOption(rest[0]) ? 0 : 1
  const end = rest.findIndex((word, index) => index > 0 && isOption(word))
  return end < 0 ? rest.length : end
}
