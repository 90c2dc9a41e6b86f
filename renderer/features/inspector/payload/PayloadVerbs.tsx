import { Copy, FoldVertical, Save, Search, UnfoldVertical } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../../ui/IconButton'
import { commandShortcut } from '../../../ui/shortcut'
import styles from '../inspector.module.css'
import type { PayloadVerb } from './usePayloadVerbs'

export interface PayloadVerbsProps {
  readonly copy: PayloadVerb
  readonly save: PayloadVerb
  readonly find: () => void
  /** Folds all of JSON, or unfolds it; null = there is nothing to fold. */
  readonly foldAll: ((folded: boolean) => void) | null
}

/** What can be done with the payload as it is shown, as buttons; where copy and save they cannot give the whole payload they say why. */
export function PayloadVerbs({ copy, save, find, foldAll }: PayloadVerbsProps) {
  const t = useTranslations('inspector')
  const labelWith = (verb: string, { problem }: PayloadVerb) =>
    problem === null ? verb : t('verbWithReason', { verb, reason: problem })
  return (
    <span className={styles.panelVerbs}>
      {foldAll ? (
        <>
          <IconButton label={t('foldAll')} icon={<FoldVertical size={14} />} onClick={() => foldAll(true)} />
          <IconButton label={t('unfoldAll')} icon={<UnfoldVertical size={14} />} onClick={() => foldAll(false)} />
        </>
      ) : null}
      <IconButton label={t('find.open')} shortcut={commandShortcut('F')} icon={<Search size={14} />} onClick={find} />
      <IconButton
        label={labelWith(t('copyPayload'), copy)}
        icon={<Copy size={14} />}
        disabled={copy.problem !== null}
        title={copy.problem ?? ''}
        onClick={copy.run}
      />
      <IconButton
        label={labelWith(t('savePayload'), save)}
        icon={<Save size={14} />}
        disabled={save.problem !== null}
        title={save.problem ?? ''}
        onClick={save.run}
      />
    </span>
  )
}
