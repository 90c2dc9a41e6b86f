import { SquareMinus, SquarePlus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button, type ButtonProps } from '../../../ui/Button'
import { IconButton } from '../../../ui/IconButton'
import { commandShortcut } from '../../../ui/shortcut'
import { Tooltip } from '../../../ui/Tooltip'
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
          <IconButton label={t('foldAll')} icon={<SquareMinus size={14} />} onClick={() => foldAll(true)} />
          <IconButton label={t('unfoldAll')} icon={<SquarePlus size={14} />} onClick={() => foldAll(false)} />
        </>
      ) : null}
      <VerbButton label={t('find.open')} shortcut={commandShortcut('F')} onClick={find}>
        {t('shortVerbs.find')}
      </VerbButton>
      <VerbButton
        label={labelWith(t('copyPayload'), copy)}
        disabled={copy.problem !== null}
        title={copy.problem ?? ''}
        onClick={copy.run}
      >
        {t('shortVerbs.copy')}
      </VerbButton>
      <VerbButton
        label={labelWith(t('savePayload'), save)}
        disabled={save.problem !== null}
        title={save.problem ?? ''}
        onClick={save.run}
      >
        {t('shortVerbs.save')}
      </VerbButton>
    </span>
  )
}

interface VerbButtonProps extends ButtonProps {
  /** Says it in full: its name, and on hover. */
  readonly label: string
  readonly shortcut?: string
}

/** A word, because the same icons stand in the head of the details for the topic. */
function VerbButton({ label, shortcut, ...rest }: VerbButtonProps) {
  return (
    <Tooltip text={shortcut ? `${label} (${shortcut})` : label}>
      <Button variant="quiet" aria-label={label} {...rest} />
    </Tooltip>
  )
}
