import type { MeterRequest } from '#shared/model/meter'
import type { PayloadRule } from '#shared/model/payloadRule'
import type { ResponderRule } from '#shared/model/responder'
import type { SenderPlan } from '#shared/model/sender'
import { defineAppState, type Connection } from './app'
import { connectionsState } from './connections'
import type { TriedMessage } from './decoded'
import type { ExportChoice } from './exportedRows'

/** Of retained messages: all, or those of Home Assistant that something speaks against. */
export type RetainedShown = 'all' | 'homeAssistant'

/** A dialog about one connection, with what it starts from. */
export type ConnectionDialog =
  | { readonly kind: 'coverage' }
  | { readonly kind: 'details' }
  | { readonly kind: 'diskHistory' }
  /** `filter` is what its field holds when it opens. */
  | { readonly kind: 'retained'; readonly filter: string; readonly shows?: RetainedShown }
  | { readonly kind: 'clearRetained'; readonly topic: string }
  /** A plan to be written, or to be changed where it is among the plans. */
  | { readonly kind: 'sender'; readonly plan: SenderPlan }
  /** Whether a sender is to start where others depend on it; with a meter, what becomes of its messages is measured. */
  | { readonly kind: 'startSender'; readonly plan: SenderPlan; readonly meter?: MeterRequest }
  /** What of the recording could not be read. */
  | { readonly kind: 'refusedParts' }
  /** A recording is to be sent again: this one, or another one on this connection. */
  | { readonly kind: 'replay' }
  /** Messages to be written to a file: which are meant at first. */
  | { readonly kind: 'exportMessages'; readonly meant: ExportChoice }
  /** A rule to be written, or to be changed where it is among the rules. */
  | { readonly kind: 'rule'; readonly rule: ResponderRule }
  /** A payload rule, likewise; `sample` is decoded by it meanwhile, and a new one is put before another. */
  | {
      readonly kind: 'payloadRule'
      readonly rule: PayloadRule
      readonly beforeId: string | null
      readonly sample: TriedMessage | null
    }

interface ShownDialog {
  readonly connection: Connection
  readonly dialog: ConnectionDialog
}

export interface DialogsState {
  /** The one that is open; null = none. */
  readonly shown: ShownDialog | null
  show(connection: Connection, dialog: ConnectionDialog): void
  close(): void
}

/** Dialogs that one part of the window asks for and another one shows. */
export const dialogsState = defineAppState<DialogsState>('dialogs', ({ owner: app, get, set }) => {
  app.watch(connectionsState, () => {
    if (get().shown?.connection.gone.aborted) set({ shown: null })
  })
  return {
    shown: null,
    show: (connection, dialog) => set({ shown: { connection, dialog } }),
    close: () => set({ shown: null }),
  }
})

/** The open dialog, if it is of this kind. */
export const selectDialog =
  <Kind extends ConnectionDialog['kind']>(kind: Kind) =>
  ({ shown }: DialogsState): Extract<ConnectionDialog, { kind: Kind }> | null =>
    shown && isOfKind(shown.dialog, kind) ? shown.dialog : null

const isOfKind = <Kind extends ConnectionDialog['kind']>(
  dialog: ConnectionDialog,
  kind: Kind,
): dialog is Extract<ConnectionDialog, { kind: Kind }> => dialog.kind === kind
