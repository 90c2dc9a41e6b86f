import { newProfile, profileSchema, type Profile } from '#shared/model/profile'
import { protocolVersionSchema, qosSchema, type ProtocolVersion, type Qos } from '#shared/model/qos'
import { colourNames } from '#shared/model/colour'
import { subscriptionSchema, type Subscription } from '#shared/model/subscription'
import { visibleLine } from '#shared/text/visibleLine'
import { addressWithoutSecrets, withoutSecrets } from '#shared/text/withoutSecrets'
import type { CommandLineConnection } from '../../core/connections/commandLineConnection'
import { logLevels, type LogLevel } from '../../core/log'
import { parseBrokerAddress, type BrokerAddress } from './brokerAddress'
import { isRuntimeSwitch } from './runtimeSwitches'

/** What the arguments ask for. `problem` and `warning` are each one line for a person, without secrets. */
export type CommandLine =
  | {
      readonly kind: 'run'
      readonly connection: CommandLineConnection | null
      /** Where the connection's password is. */
      readonly passwordFile?: string
      readonly logLevel?: LogLevel
      /** False = what is to be connected at the start is not. */
      readonly connectsAtStart?: false
      readonly warning?: string
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'problem'; readonly problem: string }

export const usage = `Usage: topicscope [options] [ADDRESS]

ADDRESS opens a connection for this run only and connects it:
  mqtt://[user@]host[:port]     also mqtts://, and ws:// or wss:// with a path

Options:
  --subscribe FILTER         subscribe to FILTER; may be repeated
  --qos 0|1|2                quality of service of the subscriptions (default 0)
  --client-id ID             client identifier (default: a new one)
  --protocol-version V       5 (default), 3.1.1 or 3.1
  --profile NAME             connect the saved connection NAME instead of an ADDRESS
  --open FILE                open a recording of messages instead
  --no-connect               connect nothing else, whatever the saved connections say
  --password-file FILE       its password is what FILE holds, without one line break at its end
  --user-data-dir=DIR        keep everything in DIR
  --log-level info|debug     what logs/main.log tells (default info); debug: a line for every MQTT control packet
  --help, --version          print this, or the version, and end

The password may also come in the environment variable TOPICSCOPE_PASSWORD. In the ADDRESS (user:password@host) others
on this computer can read it.

On Windows, write the options before the ADDRESS.
`

interface Given {
  address: BrokerAddress | null
  filters: string[]
  qos: Qos | null
  clientId: string | null
  protocolVersion: ProtocolVersion | null
  profileName: string | null
  recording: string | null
  passwordFile: string | null
  logLevel: LogLevel | null
  noConnect: boolean
}
const shownValue = (value: string) => visibleLine(withoutSecrets(value), 120)

/** An option's reader puts its value into what was given, or answers what is wrong with it. */
type Reader = (value: string, given: Given) => string | null

const once = (isGiven: boolean) => (isGiven ? 'is given twice' : null)

const readers: Readonly<Record<string, Reader>> = {
  '--subscribe': (value, given) => {
    const filter = subscriptionSchema.shape.filter.safeParse(value)
    if (!filter.success)
      return `"${shownValue(value)}" is not a topic filter (${filter.error.issues[0]?.message ?? ''})`
    given.filters.push(value)
    return null
  },
  '--qos': (value, given) => {
    const qos = qosSchema.safeParse(/^\d$/.test(value) ? Number(value) : value)
    const problem = qos.success ? once(given.qos !== null) : `"${shownValue(value)}" is not 0, 1 or 2`
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
    const problem = version.success
      ? once(given.protocolVersion !== null)
      : `"${shownValue(value)}" is not 5, 3.1.1 or 3.1`
    given.protocolVersion = version.data ?? null
    return problem
  },
  '--profile': (value, given) => {
    const problem = once(given.profileName !== null)
    given.profileName = value
    return problem
  },
  '--open': (value, given) => {
    const problem = value === '' ? 'needs the name of a file' : once(given.recording !== null)
    given.recording = value
    return problem
  },
  '--password-file': (value, given) => {
    const problem = value === '' ? 'needs the name of a file' : once(given.passwordFile !== null)
    given.passwordFile = value
    return problem
  },
  '--log-level': (value, given) => {
    const level = logLevels.find((one) => one === value)
    const problem = level ? once(given.logLevel !== null) : `"${shownValue(value)}" is not ${logLevels.join(' or ')}`
    given.logLevel = level ?? null
    return problem
  },
}

const optionOfField: Readonly<Record<string, string>> = {
  clientId: '--client-id',
  subscriptions: '--subscribe',
}

const passwordWarning =
  'others on this computer can read the password in the address, in the list of processes and in the history of the ' +
  'shell: use --password-file or TOPICSCOPE_PASSWORD.'

/** The connection with a password that stood elsewhere; `problem` where it cannot have one. */
export const withPassword = (commandLine: CommandLine, password: string | null): CommandLine => {
  if (commandLine.kind !== 'run' || password === null || commandLine.connection === null) return commandLine
  const { connection } = commandLine
  if (connection.kind === 'recording') return commandLine
  if (connection.kind === 'profile') return { ...commandLine, connection: { ...connection, password } }
  // What the address says itself is meant for it.
  if (connection.password !== null) return commandLine
  const profile = { ...connection.profile, usePassword: true }
  const problem = profileProblem(profile)
  if (problem !== null) return { kind: 'problem', problem }
  return { ...commandLine, connection: { kind: 'address', profile, password } }
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
    recording: null,
    passwordFile: null,
    logLevel: null,
    noConnect: false,
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

/** As an argument may be shown in a terminal: without a password that an address may hold. */
const shown = (argument: string) => visibleLine(addressWithoutSecrets(argument), 120)

const readAddress: Reader = (value, given) => {
  if (given.address) return 'is a second address'
  const address = parseBrokerAddress(value)
  if (!address.ok) return address.error.message
  given.address = address.value
  return null
}

/** Reads the argument at `index`: answers what is wrong, or how many arguments it took. */
const readArgument = (args: readonly string[], index: number, given: Given): string | number => {
  const argument = args[index] ?? ''
  if (argument === '--' || isRuntimeSwitch(argument)) return 1
  if (argument === '--no-connect') {
    given.noConnect = true
    return 1
  }
  if (!argument.startsWith('-')) {
    const problem = readAddress(argument, given)
    return problem === null ? 1 : `"${shown(argument)}" ${problem}`
  }
  const equals = argument.indexOf('=')
  const name = equals < 0 ? argument : argument.slice(0, equals)
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined
  // Without its value, which may be a secret.
  if (!reader) return `"${shown(name)}" is not an option`
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

const profileProblem = (profile: Profile): string | null => {
  const issue = profileSchema.safeParse(profile).error?.issues[0]
  if (!issue) return null
  const field = String(issue.path[0] ?? '')
  return `${optionOfField[field] ?? `the address's ${field}`} is not valid (${issue.message})`
}

/** What an option that does not go with the others says; null = all fit. */
const strayOption = ({ address, profileName, passwordFile, ...given }: Given): string | null => {
  if (address && profileName !== null) return '--profile and an address exclude each other'
  if (given.recording !== null && (address || profileName !== null))
    return '--open goes with neither an address nor --profile'
  if (typeof address?.password === 'string' && passwordFile !== null)
    return '--password-file and a password in the address exclude each other'
  if (address) return null
  if (given.filters.length > 0 || given.qos !== null || given.clientId !== null || given.protocolVersion !== null)
    return '--subscribe, --qos, --client-id and --protocol-version need an address'
  return passwordFile !== null && profileName === null ? '--password-file needs an address or --profile' : null
}

const connectionFrom = (given: Given, newId: () => string): CommandLine => {
  const { address, profileName, passwordFile, logLevel, noConnect, recording } = given
  const run = (connection: CommandLineConnection | null): CommandLine => ({
    kind: 'run',
    connection,
    ...(passwordFile === null ? {} : { passwordFile }),
    ...(logLevel === null ? {} : { logLevel }),
    ...(noConnect ? { connectsAtStart: false } : {}),
    ...(typeof address?.password === 'string' ? { warning: passwordWarning } : {}),
  })
  const stray = strayOption(given)
  if (stray !== null) return { kind: 'problem', problem: stray }
  if (recording !== null) return run({ kind: 'recording', path: recording })
  if (!address) return run(profileName === null ? null : { kind: 'profile', name: profileName })
  const profile = toProfile(newId(), address, given)
  const problem = profileProblem(profile)
  return problem === null ? run({ kind: 'address', profile, password: address.password }) : { kind: 'problem', problem }
}
