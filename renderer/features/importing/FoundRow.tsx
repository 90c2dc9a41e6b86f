import { useTranslations } from 'use-intl'
import type { PlannedConnection, PlannedSchema } from '#shared/model/importPlan'
import { defaultPorts } from '#shared/model/profile'
import { visibleName } from '#shared/text/visibleText'
import { useApp } from '../../state/useApp'
import { VisibleName } from '../../ui/VisibleText'
import { importingState } from './importingState'
import styles from './importing.module.css'
import { usePartWords } from './usePartWords'

interface ChooseBoxProps {
  readonly id: string
  readonly name: string
  readonly isEnabled: boolean
  /** Only one box of the table is reached by Tab; arrows lead to the others. */
  readonly isShown: boolean
}

function ChooseBox({ id, name, isEnabled, isShown }: ChooseBoxProps) {
  const t = useTranslations('importing')
  const isChosen = useApp(importingState, ({ chosen }) => chosen.has(id))
  const choose = useApp(importingState, (state) => state.choose)
  return (
    <span role="cell" className={styles.checkCell}>
      <input
        type="checkbox"
        aria-label={t('choose', { name })}
        checked={isChosen}
        aria-disabled={!isEnabled}
        tabIndex={isShown ? 0 : -1}
        onChange={(event) => isEnabled && choose([id], event.target.checked)}
      />
    </span>
  )
}

export function ConnectionRow({
  connection,
  isShown,
}: {
  readonly connection: PlannedConnection
  readonly isShown: boolean
}) {
  const t = useTranslations('importing')
  const partsOf = usePartWords()
  const { id, name, folder, state, profile, dropped, guessed, secrets, isRepeated } = connection
  const shownState = isRepeated && state !== 'cannot' ? 'repeated' : state
  const parts = partsOf(connection).join(' · ')
  const left = [
    ...(dropped.length > 0 ? [t('leftCount', { count: dropped.length })] : []),
    ...(guessed.length > 0 ? [t('guessedCount', { count: guessed.length })] : []),
  ]
  return (
    <>
      <ChooseBox {...{ id, name, isShown }} isEnabled={state !== 'cannot'} />
      <span role="cell" className={styles.name} title={folder === '' ? undefined : `${folder} / ${name}`}>
        <span className={styles.own}>
          <VisibleName text={name} />
        </span>
        {folder === '' ? null : (
          <span className={styles.folder}>
            <VisibleName text={folder} />
          </span>
        )}
      </span>
      <span role="cell" className={styles.state} data-state={shownState} title={t(`stateHint.${shownState}`)}>
        {t(`state.${shownState}`)}
      </span>
      <span role="cell" className={styles.address} title={profile ? visibleName(addressOf(profile)) : undefined}>
        {profile ? <VisibleName text={addressOf(profile)} /> : null}
      </span>
      <span role="cell" className={styles.taken} title={parts}>
        {parts}
      </span>
      <span role="cell" className={styles.left} title={left.join(' · ')}>
        {left.join(' · ')}
      </span>
      <span role="cell" className={styles.secrets}>
        {secrets.length > 0 ? secrets.length : null}
      </span>
    </>
  )
}

const addressOf = ({ scheme, host, port }: NonNullable<PlannedConnection['profile']>): string => {
  const shownHost = host.includes(':') ? `[${host}]` : host
  return `${scheme}://${shownHost}${port === defaultPorts[scheme] ? '' : `:${port}`}`
}

export function SchemaRow({ schema, isShown }: { readonly schema: PlannedSchema; readonly isShown: boolean }) {
  const t = useTranslations('importing')
  const { id, name, rule, isFilterGuessed, isKnown } = schema
  const state = isKnown ? 'known' : 'new'
  return (
    <>
      <ChooseBox {...{ id, name, isShown }} isEnabled />
      <span role="cell" className={styles.name}>
        <span className={styles.own}>
          <VisibleName text={name} />
        </span>
      </span>
      <span role="cell" className={styles.state} data-state={state} title={t(`stateHint.${state}`)}>
        {t(`state.${state}`)}
      </span>
      <span role="cell" className={styles.rule}>
        {t('rule', { filter: rule.filter })}
      </span>
      <span role="cell" className={styles.left}>
        {isFilterGuessed ? t('guessedCount', { count: 1 }) : null}
      </span>
      <span role="cell" className={styles.secrets} />
    </>
  )
}
