import { UserPropertyRows } from '../../../mqttUi/UserPropertyRows'
import { useProblemText } from './draftFields'
import type { DraftForm } from './draftForm'

interface OwnFieldProps {
  readonly form: DraftForm
}

export function ConnectUserPropertiesField({ form }: OwnFieldProps) {
  const path = 'connectProperties.userProperties'
  return <UserPropertiesField form={form} path={path} rows={form.draft.profile.connectProperties.userProperties} />
}

export function WillUserPropertiesField({ form }: OwnFieldProps) {
  return <UserPropertiesField form={form} path="will.userProperties" rows={form.draft.profile.will.userProperties} />
}

interface UserPropertiesFieldProps extends OwnFieldProps {
  readonly path: string
  readonly rows: [name: string, value: string][]
}

function UserPropertiesField({ form, path, rows }: UserPropertiesFieldProps) {
  const problemText = useProblemText(form)
  return (
    <UserPropertyRows
      rows={rows}
      problemOf={(row) => problemText(`${path}.${row}.0`) ?? problemText(`${path}.${row}.1`) ?? null}
      onChange={(changed) => form.setValue(path, changed)}
    />
  )
}
