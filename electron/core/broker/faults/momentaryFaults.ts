import { hexBytes, type MomentaryFault } from '#shared/model/fault'
import type { AppError } from '#shared/result'
import type { FaultJournal } from './faultJournal'
import type { ControlledLine } from './faultLine'

/** A network connection, as faults end it. */
export interface FaultedConnection {
  readonly isVersion5: boolean
  /** Sends RST; false where the socket cannot (then FIN follows). */
  reset(): boolean
  /** Ends it for this reason. */
  fail(reason: AppError): void
}

/** A second connection with the client ID of the first. */
export interface SecondConnection {
  close(): void
}

/** Tells when the second connection is accepted, and why it ended by itself. */
export interface SecondTold {
  readonly onOnline: () => void
  readonly onEnd: (why: string) => void
}

/** Null = there is no connection whose client ID could be used. */
export type OpenSecond = (told: SecondTold) => SecondConnection | null

/** A network connection that is there, with its line. */
export interface FaultedOnline {
  readonly line: ControlledLine
  readonly connection: FaultedConnection
}

/** What is done once. `openSecond` answers null where no session says how. */
export const createMomentaryFaults = (journal: FaultJournal, openSecond: () => OpenSecond | null) => {
  let second: SecondConnection | null = null
  const closeSecond = () => {
    second?.close()
    second = null
  }
  const connectTwice = () => {
    closeSecond()
    const told: SecondTold = {
      onOnline: () => journal.note('secondOnline', ''),
      onEnd: (why) => {
        second = null
        journal.note('secondEnded', why)
      },
    }
    second = openSecond()?.(told) ?? null
  }
  const drop = (how: 'fin' | 'rst', { connection }: FaultedOnline) => {
    const way = how === 'rst' && connection.reset() ? 'RST' : 'FIN'
    journal.note('dropped', way)
    connection.fail({
      code: 'droppedOnPurpose',
      message: `The fault kit dropped the connection (${way}).`,
      values: { how: way },
    })
  }
  const again = (isDup: boolean, { line }: FaultedOnline) => {
    const sent = line.sendAgain(isDup)
    if (sent === null) journal.note('nothingToSend', '')
    else journal.note(isDup ? 'sentAgain' : 'idUsedAgain', sent)
  }
  const sendRaw = (hex: string, { line }: FaultedOnline) => {
    const bytes = Buffer.from(hexBytes(hex) ?? [])
    line.sendRaw(bytes)
    journal.note('sentRaw', `${bytes.length} bytes`)
  }
  return {
    act: (fault: MomentaryFault, online: FaultedOnline): void => {
      if (fault.kind === 'dropSocket') drop(fault.how, online)
      else if (fault.kind === 'resendWithDup') again(true, online)
      else if (fault.kind === 'reusePacketId') again(false, online)
      else if (fault.kind === 'connectTwice') connectTwice()
      else sendRaw(fault.hex, online)
    },
    closeSecond,
  }
}
