import { Undo2 } from 'lucide-react'
import type { Ref } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../ui/IconButton'
import { TextField } from '../../ui/fields'
import { ViewSwitch } from '../../ui/ViewSwitch'
import styles from './schemas.module.css'
import { isTaken, type TakenRules } from './takenRules'
import { TriedPayload } from './TriedPayload'
import { payloadSources, type Tried } from './useTried'
import { useTryOut } from './useTryOut'

interface TryTopicProps {
  readonly tried: Tried
  readonly taken: TakenRules
  readonly inputRef: Ref<HTMLInputElement>
}

/** Says which rule a topic takes. */
export function TryTopic({ tried, taken, inputRef }: TryTopicProps) {
  const t = useTranslations('schemas')
  const problemText = useTranslations('filterProblems')
  const { topic, problem, isTyped, isSound, onType } = tried
  return (
    <div className={styles.try} data-taken={isSound ? (taken.decoding ?? taken.schema ?? 0) : undefined}>
      <TextField
        label={t('try')}
        mono={topic !== ''}
        placeholder={t('tryPlaceholder')}
        value={topic}
        error={problem ? problemText(problem.code) : null}
        hint={isSound ? <TakenNote taken={taken} /> : null}
        inputRef={inputRef}
        onChange={onType}
        suffix={
          isTyped ? <IconButton label={t('follow')} icon={<Undo2 size={14} />} onClick={() => onType(null)} /> : null
        }
      />
    </div>
  )
}

function TakenNote({ taken }: Pick<TryTopicProps, 'taken'>) {
  const t = useTranslations('schemas')
  const { decoding, schema, first } = taken
  const number = decoding ?? schema ?? 0
  const said =
    first === null
      ? t('takesNone')
      : decoding !== null && schema !== null && !isTaken({ ...taken, schema: null }, schema)
        ? t('takesTwo', { decoding, schema })
        : t('takes', { number })
  return <span role="status">{said}</span>
}

/** The payload that is tried, of a message or pasted, and what it says by the rules. */
export function TryPayload({ tried }: Pick<TryTopicProps, 'tried'>) {
  const t = useTranslations('schemas')
  const { source, onSource, pasted, onPaste, isPastedWrong, missing, message } = tried
  const out = useTryOut(message)
  return (
    <div className={styles.tryPayload}>
      <ViewSwitch
        label={t('payload')}
        value={source}
        options={payloadSources.map((value) => ({ value, label: t(`sources.${value}`) }))}
        onChange={onSource}
      />
      {source === 'message' ? null : (
        <textarea
          className={styles.pasted}
          aria-label={t('pasted')}
          aria-invalid={isPastedWrong || undefined}
          placeholder={t(`pasteHere.${source}`)}
          value={pasted}
          rows={3}
          spellCheck={false}
          onChange={({ target: { value } }) => onPaste(value)}
        />
      )}
      {isPastedWrong && source !== 'message' ? (
        <p role="alert" className={styles.missed}>
          {t('pastedWrong', { form: t(`sources.${source}`) })}
        </p>
      ) : null}
      {missing === null ? <TriedPayload out={out} /> : <p className={styles.later}>{t(`missing.${missing}`)}</p>}
    </div>
  )
}
