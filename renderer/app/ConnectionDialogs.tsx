import { ClearRetainedDialog } from '../features/publish/ClearRetainedDialog'
import { ConnectionDetailsDialog } from '../features/connections/details/ConnectionDetailsDialog'
import { DiskHistoryDialog } from '../features/connections/diskHistory/DiskHistoryDialog'
import { CoverageDialog } from '../features/coverage/CoverageDialog'
import { EnvironmentsDialog } from '../features/environments/EnvironmentsDialog'
import { RefusedDialog } from '../features/recordings/RefusedDialog'
import { ReplayDialog } from '../features/recordings/ReplayDialog'
import { ExportDialog } from '../features/messageExport/ExportDialog'
import { RetainedDialog } from '../features/retained/RetainedDialog'
import { RuleDialog } from '../features/publish/responder/RuleDialog'
import { SenderDialog } from '../features/publish/senders/form/SenderDialog'
import { StartSenderDialog } from '../features/publish/senders/StartSenderDialog'
import { RuleDialog as PayloadRuleDialog } from '../features/schemas/RuleDialog'
import { SubscriptionEditor } from '../features/subscriptions/SubscriptionDialog'
import { dialogsState } from '../state/dialogs'
import { useApp } from '../state/useApp'
import { ConnectionContext } from '../state/useConnection'

/** The dialog that is open over a connection, whichever is in view; that of environments stands over the form of a sender, too. */
export function ConnectionDialogs() {
  const shown = useApp(dialogsState, (state) => state.shown)
  if (!shown) return <EnvironmentsDialog />
  const isSender = shown.dialog.kind === 'sender'
  return (
    <ConnectionContext key={shown.connection.serial} value={shown.connection}>
      <RetainedDialog />
      <CoverageDialog>
        <SubscriptionEditor />
      </CoverageDialog>
      <ConnectionDetailsDialog />
      <ExportDialog />
      <DiskHistoryDialog />
      <ClearRetainedDialog />
      <SenderDialog>
        <EnvironmentsDialog />
      </SenderDialog>
      <StartSenderDialog />
      <RuleDialog />
      <PayloadRuleDialog />
      <RefusedDialog />
      <ReplayDialog />
      {isSender ? null : <EnvironmentsDialog />}
    </ConnectionContext>
  )
}
