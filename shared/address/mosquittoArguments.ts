import { visibleLine } from '#shared/text/visibleLine'
import { addressWithoutSecrets } from '#shared/text/withoutSecrets'
import type { Leftover } from './connectionReading'
import { mosquittoOptions, type MosquittoOption, type MosquittoValue } from './mosquittoOptions'
import type { ShellWord } from './shellWords'

/** An option that says something of a connection or of a message, with what it says. */
export interface MosquittoArgument {
  readonly says: MosquittoValue
  /** The words behind the option. */
  readonly words: readonly string[]
  /** As it may be shown. */
  readonly shown: string
}

export interface MosquittoArguments {
  readonly given: readonly MosquittoArgument[]
  readonly left: readonly Leftover[]
  /** The command from here on, as it may be shown. */
  readonly shown: string
}

/** The arguments of a mosquitto client, option by option. */
export const mosquittoArguments = (words: readonly ShellWord[]): MosquittoArguments => {
  const given: MosquittoArgument[] = []
  const left: Leftover[] = []
  const all: string[] = []
  for (let at = 0; at < words.length;) {
    const { name, option, values } = optionAt(words, at)
    at += 1 + values.length
    const shown = shownOption(name, option, values)
    all.push(shown)
    if (!option) left.push({ text: shown, why: 'unknown' })
    else if (values.length < option.takes) left.push({ text: shown, why: 'noValue' })
    else if ('left' in option.says) left.push({ text: shown, why: option.says.left })
    else if (values.some(({ isExpanded }) => isExpanded)) left.push({ text: shown, why: 'variable' })
    else given.push({ says: option.says.value, words: values.map(({ text }) => text), shown })
  }
  return { given, left, shown: all.join(' ') }
}

const optionAt = (words: readonly ShellWord[], at: number) => {
  const name = words[at]?.text ?? ''
  const option = mosquittoOptions.get(name)
  const takes = option ? option.takes + extraWords(words, at, option) : unknownTakes(name, words[at + 1])
  return { name, option, values: words.slice(at + 1, at + 1 + takes) }
}

/** `-D CONNECT user-property name value` has one word more than other properties. */
const extraWords = (words: readonly ShellWord[], at: number, { says }: MosquittoOption): number =>
  'value' in says && says.value === 'property' && words[at + 2]?.text.toLowerCase() === 'user-property' ? 1 : 0

/** What follows an unknown option may be its value, and that a password. */
const unknownTakes = (name: string, next: ShellWord | undefined): number =>
  name.startsWith('-') && next && !next.text.startsWith('-') ? 1 : 0

const shownOption = (name: string, option: MosquittoOption | undefined, values: readonly ShellWord[]): string => {
  const isHidden = option ? option.isSecret : true
  // An unknown --name=value has its value in it.
  const shownName = option ? name : shownText(name.startsWith('-') ? name.replace(/=.*$/s, '=…') : name)
  const isSecret = (index: number) => isHidden || (index === 2 && isSignIn(option, values))
  return [shownName, ...values.map(({ text }, index) => (isSecret(index) ? '…' : shownText(text)))].join(' ')
}

/** `-D CONNECT authentication-data value`: what signs in is a secret. */
const isSignIn = (option: MosquittoOption | undefined, [, name]: readonly ShellWord[]): boolean =>
  option?.takes === 3 && /^authentication-data$/i.test(name?.text ?? '')

const shownText = (text: string): string => visibleLine(text.includes('://') ? addressWithoutSecrets(text) : text, 120)
