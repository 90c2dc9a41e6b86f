import { ClearRetainedDialog } from '../features/publish/ClearRetainedDialog'
import { ConnectionDetailsDialog } from '../features/connections/details/ConnectionDetailsDialog'
import { CoverageDialog } from '../features/coverage/CoverageDialog'
import { RetainedDialog } from '../features/retained/RetainedDialog'
import { SenderDialog } from '../features/publish/senders/form/SenderDialog'
import { StartSenderDialog } from '../features/publish/senders/StartSenderDialog'
import { SubscriptionEditor } from '../features/subscriptions/SubscriptionDialog'
import { dialogsState } from '../state/dialogs'
import { useApp } from '../state/useApp'
import { ConnectionContext } from '../state/useConnection'

/** The dialog that is open over a connection, whichever is in view. */
export function ConnectionDialogs() {
  const shown = useApp(dialogsState, (state) => state.shown)
  if (!shown) return null
  return (
    <ConnectionContext key={shown.connection.serial} value={shown.connection}>
      <RetainedDialog />
      <CoverageDialog>
        <SubscriptionEditor />
      </CoverageDialog>
      <ConnectionDetailsDialog />
      <ClearRetainedDialog />
      <SenderDialog />
      <StartSenderDialog />
    </ConnectionContext>
  )
}
