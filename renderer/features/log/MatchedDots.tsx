import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { isOwnSubscription, type Subscription } from '#shared/model/subscription'
import { ColourDot } from '../../ui/ColourDot'
import { visibleName } from '#shared/text/visibleText'
import styles from './log.module.css'

export interface MatchedDotsProps {
  readonly ids: readonly string[]
  readonly subscriptions: ReadonlyMap<string, Subscription>
}

const dotLimit = 4
const mostNames = 12
const shownName = 80

/** A dot in the colour of each subscription that matches. */
export const MatchedDots = memo(function MatchedDots({ ids, subscriptions }: MatchedDotsProps) {
  const t = useTranslations('log')
  if (ids.length === 0) return null
  const known = ids.map((id) => subscriptions.get(id))
  const nameOf = (one: Subscription | undefined, id: string | undefined) => {
    if (one) return visibleName(one.alias ? `${one.alias}: ${one.filter}` : one.filter, shownName)
    return t(isOwnSubscription(id ?? '') ? 'ownSubscription' : 'removedSubscription')
  }
  const more = known.length - mostNames
  const names = [
    ...known.slice(0, mostNames).map((one, index) => nameOf(one, ids[index])),
    ...(more > 0 ? [`+${more}`] : []),
  ]
  return (
    <span className={styles.dots} title={names.join('\n')}>
      <span className="visually-hidden">{names.join(', ')}</span>
      {known
        .slice(0, dotLimit)
        .map((one, index) =>
          one ? <ColourDot key={one.id} colour={one.colour} /> : <span key={index} className={styles.goneDot} />,
        )}
      {known.length > dotLimit ? <span aria-hidden="true">+{known.length - dotLimit}</span> : null}
    </span>
  )
})
