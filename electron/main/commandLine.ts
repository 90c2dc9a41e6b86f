import { newProfile, profileSchema, type Profile } from '#shared/model/profile'
import { protocolVersionSchema, qosSchema, type ProtocolVersion, type Qos } from '#shared/model/qos'
import { colourNames, subscriptionSchema, type Subscription } from '#shared/model/subscription'
import type { CommandLineConnection } from '../core/commandLineConnection'
import { parseBrokerAddress, type BrokerAddress } from './brokerAddress'
import { isRuntimeSwitch } from './runtimeSwitches'

/** What the arguments ask for. `problem` is one line for a person, without secrets. */
export type CommandLine =
  | { readonly kind: 'run'; readonly connection: CommandLineConnection | null }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'problem'; readonly problem: string }

export const usage = `Usage: topicscope [options] [ADDRESS]

ADDRESS opens a connection for this run only and connects it:
  mqtt://[user[:password]@]host[:port]     also mqtts://, and ws:// or wss:// with a path

Options:
  --subscribe FILTER         subscribe to FILTER; may be repeated
  --qos 0|1|2                quality of service of the subscriptions (default 0)
  --client-id ID             client identifier (default: a new one)
  --protocol-version V       5 (default), 3.1.1 or 3.1
  --profile NAME             connect the saved connection NAME instead of an ADDRESS
  --user-data-dir=DIR        keep everything in DIR
  --help, --version          print this, or the version, and end

On Windows, write the options before the ADDRESS.
`

interface Given {
  address: BrokerAddress | null
  filters: string[]
  qos: Qos | null
  clientId: string | null
  protocolVersion: ProtocolVersion | null
  profileName: string | null
}

/** An option's reader puts its value into what was given, or answers what is wrong with it. */
type Reader = (value: string, given: Given) => string | null

const once = (isGiven: boolean) => (isGiven ? 'is given twice' : null)

const readers: Readonly<Record<string, Reader>> = {
  '--subscribe': (value, given) => {
    const filter = subscriptionSchema.shape.filter.safeParse(value)
    if (!filter.success) return `"${value}" is not a topic filter (${filter.error.issues[0]?.message ?? ''})`
    given.filters.push(value)
    return null
  },
  '--qos': (value, given) => {
    const qos = qosSchema.safeParse(/^\d$/.test(value) ? Number(value) : value)
    const problem = qos.success ? once(given.qos !== null) : `"${value}" is not 0, 1 or 2`
    given.qos = qos.data ?? null
    return problem
  },
  '--client-id': (value, given) => {
    const problem = once(given.clientId !== null)
    given.clientId = value
    return problem
  },
  '--protocol-version': (value, given) => {
    const version = protocolVersionSchema.safeParse(value)
    const problem = version.success ? once(given.protocolVersion !== null) : `"${value}" is not 5, 3.1.1 or 3.1`
    given.protocolVersion = version.data ?? null
    return problem
  },
  '--profile': (value, given) => {
    const problem = once(given.profileName !== null)
    given.profileName = value
    return problem
  },
}

const readAddress: Reader = (value, given) => {
  if (given.address) return 'is a second address'
  const address = parseBrokerAddress(value)
  if (!address.ok) return address.error.message
  given.address = address.value
  return null
}

/** Shows an argument without the password that an address may hold. */
const shown = (argument: string) => argument.replace(/(:\/\/[^/@]*:)[^/]*@/, '$1…@')

/** Reads the argument at `index`: answers what is wrong, or how many arguments it took. */
const readArgument = (args: readonly string[], index: number, given: Given): string | number => {
  const argument = args[index] ?? ''
  if (argument === '--' || isRuntimeSwitch(argument)) return 1
  if (!argument.startsWith('-')) {
    const problem = readAddress(argument, given)
    return problem === null ? 1 : `"${shown(argument)}" ${problem}`
  }
  const equals = argument.indexOf('=')
  const name = equals < 0 ? argument : argument.slice(0, equals)
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined
  if (!reader) return `"${shown(argument)}" is not an option`
  const value = equals < 0 ? args[index + 1] : argument.slice(equals + 1)
  if (value === undefined) return `${name} needs a value`
  const problem = reader(value, given)
  return problem === null ? (equals < 0 ? 2 : 1) : `${name} ${problem}`
}

const readAll = (args: readonly string[], given: Given): string | null => {
  for (let index = 0; index < args.length;) {
    const outcome = readArgument(args, index, given)
    if (typeof outcome === 'string') return outcome
    index += outcome
  }
  return null
}

const toSubscription =
  (qos: Qos) =>
  (filter: string, index: number): Subscription => ({
    id: `command-line-${index + 1}`,
    filter,
    qos,
    colour: colourNames[index % colourNames.length] ?? 'blue',
    alias: '',
    enabled: true,
    muted: false,
  })

const toProfile = (id: string, address: BrokerAddress, given: Given): Profile => {
  const { password, ...place } = address
  return newProfile({
    id,
    ...place,
    name: `${address.host}:${address.port}`,
    usePassword: password !== null,
    subscriptions: [...new Set(given.filters)].map(toSubscription(given.qos ?? 0)),
    ...(given.clientId === null ? {} : { clientId: given.clientId }),
    ...(given.protocolVersion === null ? {} : { protocolVersion: given.protocolVersion }),
  })
}

const optionOfField: Readonly<Record<string, string>> = {
  clientId: '--client-id',
  subscriptions: '--subscribe',
}

const connectionFrom = (given: Given, newId: () => string): CommandLine => {
  const run = (connection: CommandLineConnection | null): CommandLine => ({ kind: 'run', connection })
  const { address, profileName } = given
  if (!address) {
    const stray =
      given.filters.length > 0 || given.qos !== null || given.clientId !== null || given.protocolVersion !== null
    if (stray)
      return { kind: 'problem', problem: '--subscribe, --qos, --client-id and --protocol-version need an address' }
    return run(profileName === null ? null : { kind: 'profile', name: profileName })
  }
  if (profileName !== null) return { kind: 'problem', problem: '--profile and an address exclude each other' }
  const profile = profileSchema.safeParse(toProfile(newId(), address, given))
  if (profile.success) return run({ kind: 'address', profile: profile.data, password: address.password })
  const issue = profile.error.issues[0]
  const field = String(issue?.path[0] ?? '')
  return {
    kind: 'problem',
    problem: `${optionOfField[field] ?? `the address's ${field}`} is not valid (${issue?.message ?? ''})`,
  }
}

/**
 * Reads what a person wrote behind the application's name. Pure. Switches of the runtime are passed over; anything else
 * that is not understood is a `problem`, so that a typing error is never just ignored.
 */
export const parseCommandLine = (args: readonly string[], newId: () => string): CommandLine => {
  if (args.includes('--help') || args.includes('-h')) return { kind: 'help' }
  if (args.includes('--version')) return { kind: 'version' }
  const given: Given = {
    address: null,
    filters: [],
    qos: null,
    clientId: null,
    protocolVersion: null,
    profileName: null,
  }
  const problem = readAll(args, given)
  return problem === null ? connectionFrom(given, newId) : { kind: 'problem', problem }
}

/**
 * The person's own arguments. A packaged application gets them right behind its name; in development they follow the
 * application's folder, the first argument that is not a switch (nor the module that `-r` loads).
 */
export const ownArguments = (argv: readonly string[], isPackaged: boolean): readonly string[] => {
  if (isPackaged) return argv.slice(1)
  const isFolder = (argument: string, index: number) =>
    index > 0 && !argument.startsWith('-') && !['-r', '--require'].includes(argv[index - 1] ?? '')
  const folder = argv.findIndex(isFolder)
  return folder < 0 ? [] : argv.slice(folder + 1)
}
