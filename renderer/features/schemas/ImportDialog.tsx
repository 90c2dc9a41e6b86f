import { useTranslations } from 'use-intl'
import type { ImportedRules, RefusedRule } from '#shared/contract'
import type { PayloadRule } from '#shared/model/payloadRule'
import { visibleName, visibleText } from '#shared/text/visibleText'
import { noticesState } from '../../state/notices'
import { payloadRulesState, useRulesHere } from '../../state/payloadRules'
import { useApp, useAppObject } from '../../state/useApp'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { VisibleName } from '../../ui/VisibleText'
import styles from './schemas.module.css'

interface ImportProps {
  readonly imported: ImportedRules
  readonly onClose: () => void
}

/** What a file of rules says: what is added, what is there already, and what is not taken and why. */
export function ImportDialog({ imported, onClose }: ImportProps) {
  const t = useTranslations('schemas.files')
  const here = useRulesHere()
  const add = useAddRules()
  const { name, rules, refused } = imported
  const known = new Set(here.map(contentOf))
  const fresh = rules.filter((rule) => !known.has(contentOf(rule)))
  const present = rules.length - fresh.length
  return (
    <Dialog
      title={t('title', { name: visibleName(name) })}
      open
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t(fresh.length === 0 ? 'close' : 'cancel')}</Button>
          {fresh.length === 0 ? null : (
            <Button
              variant="primary"
              onClick={() => {
                add(name, fresh)
                onClose()
              }}
            >
              {t('add', { count: fresh.length })}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.imported}>
        {fresh.length === 0 ? <p>{t('nothingNew')}</p> : null}
        {fresh.length === 0 ? null : (
          <ul aria-label={t('added')}>
            {fresh.map((rule) => (
              <li key={rule.id}>
                <Fresh rule={rule} />
              </li>
            ))}
          </ul>
        )}
        {present === 0 ? null : <p className={styles.hint}>{t('present', { count: present })}</p>}
        {refused.length === 0 ? null : (
          <>
            <h3 className={styles.head}>{t('refused')}</h3>
            <ul aria-label={t('refused')} className={styles.problems}>
              {refused.map((one, index) => (
                <li key={index} data-tone={one.isTaken ? 'remark' : 'problem'}>
                  <Refused {...one} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Dialog>
  )
}

function Fresh({ rule: { filter, connectionId, decoder, schema } }: { readonly rule: PayloadRule }) {
  const t = useTranslations('schemas')
  const facts = [
    decoder,
    schema && t(`kinds.${schema.kind}`),
    t(connectionId === null ? 'everywhere' : 'here'),
  ].flatMap((fact) => (fact === undefined ? [] : [visibleText(fact)]))
  return (
    <>
      <code>
        <VisibleName text={filter} mostPieces={4} />
      </code>{' '}
      <span className={styles.hint}>{facts.join(' · ')}</span>
    </>
  )
}

function Refused({ filter, problem, isTaken, path }: RefusedRule) {
  const t = useTranslations('schemas.files')
  return (
    <>
      {filter === '' ? null : (
        <code>
          <VisibleName text={filter} mostPieces={4} />
        </code>
      )}{' '}
      {t(`problems.${problem}`, { path: visibleText(path) })} {isTaken ? t('takenWithout') : ''}
    </>
  )
}

/** What a rule says, without which rule it is. */
const contentOf = ({ id: _id, ...rule }: PayloadRule): string =>
  JSON.stringify(
    Object.entries(rule).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : value,
  )

/** Puts rules behind the others; a notice takes them back. */
const useAddRules = () => {
  const app = useAppObject()
  const keep = useApp(payloadRulesState, (state) => state.keep)
  return (name: string, added: readonly PayloadRule[]) => {
    const ids: ReadonlySet<string> = new Set(added.map(({ id }) => id))
    const current = () => app.get(payloadRulesState).rules
    keep([...current(), ...added])
    app.get(noticesState).show({
      text: { key: 'schemas.files.imported', values: { count: added.length, name } },
      action: { label: { key: 'publish.undo' }, run: () => keep(current().filter(({ id }) => !ids.has(id))) },
    })
  }
}
