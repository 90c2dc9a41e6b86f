import { Copy, Save } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../../ui/IconButton'
import styles from '../inspector.module.css'
import type { PayloadVerb } from './usePayloadVerbs'

export interface PayloadVerbsProps {
  readonly copy: PayloadVerb
  readonly save: PayloadVerb
}

/** Copy and save as buttons; where they cannot give the whole payload they say why. */
export function PayloadVerbs({ copy, save }: PayloadVerbsProps) {
  const t = useTranslations('inspector')
  const labelWith = (verb: string, { problem }: PayloadVerb) =>
    problem === null ? verb : t('verbWithReason', { verb, reason: problem })
  return (
    <span className={styles.panelVerbs}>
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
