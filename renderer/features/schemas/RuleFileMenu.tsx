import { FileDown, FileUp, FolderSync } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ImportedRules } from '#shared/contract'
import { noticesState } from '../../state/notices'
import { useAppObject } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { MenuButton } from '../../ui/menus'
import { ImportDialog } from './ImportDialog'

/** Rules as a file, such as lives in a git repository: written, and read with an account of what it says. */
export function RuleFileMenu() {
  const t = useTranslations('schemas.files')
  const app = useAppObject()
  const { id: connectionId } = useConnectionObject()
  const [imported, setImported] = useState<ImportedRules | null>(null)
  const { show, showError } = app.get(noticesState)
  const write = async () => {
    const result = await app.api.invoke('payloadRules.export', { connectionId })
    if (!result.ok) showError(result.error)
    else if (result.value) {
      const { name, count, outside } = result.value
      const values = { name, count, outside: outside.length }
      show({ text: { key: outside.length === 0 ? 'schemas.files.exported' : 'schemas.files.exportedOutside', values } })
    }
  }
  const read = async () => {
    const result = await app.api.invoke('payloadRules.import', { connectionId })
    if (result.ok) setImported(result.value)
    else showError(result.error)
  }
  return (
    <>
      <MenuButton
        label={t('menu')}
        icon={<FolderSync size={16} />}
        items={[
          { label: t('import'), icon: <FileUp size={14} />, onSelect: () => void read() },
          { label: t('export'), icon: <FileDown size={14} />, onSelect: () => void write() },
        ]}
      />
      {imported ? <ImportDialog imported={imported} onClose={() => setImported(null)} /> : null}
    </>
  )
}
