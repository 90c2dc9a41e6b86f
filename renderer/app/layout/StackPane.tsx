import { X } from 'lucide-react'
import { useCallback, useContext, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { AreaId, Stack } from '#shared/model/layout'
import { useApp } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { ContentHeightContext } from '../../ui/contentHeight'
import { IconButton } from '../../ui/IconButton'
import { viewNamed } from '../workspaceViews'
import styles from './layout.module.css'
import { KeptViews } from './KeptViews'
import { layoutState, useHalfLayout } from './layoutState'
import { AwayNote } from '../viewWindows/AwayNote'
import { viewWindowsState, windowOf } from '../viewWindows/viewWindowsState'
import { useViewIds, ViewTab } from './ViewTab'

interface StackPaneProps {
  readonly area: AreaId
  readonly stack: Stack
  /** As a sheet, its area is closed here. */
  readonly closesArea?: boolean
}

/** Views on top of each other: a line with their tabs, and the one that is in front. */
export function StackPane({ area, stack, closesArea = false }: StackPaneProps) {
  const t = useTranslations('layout')
  const connection = useConnectionObject()
  const { tabOf, panelOf } = useViewIds()
  const isAway = useApp(
    viewWindowsState,
    ({ all }) => windowOf(all, connection, viewNamed(stack.shown).id) !== undefined,
  )
  const { View, Tools, id } = viewNamed(stack.shown)
  const head = useRef<HTMLDivElement>(null)
  const tellPane = useContext(ContentHeightContext)
  const tellHeight = useCallback((pixels: number) => tellPane(pixels + (head.current?.offsetHeight ?? 0)), [tellPane])
  return (
    <div className={styles.stack} data-area={area}>
      <div ref={head} className={styles.head}>
        <div role="tablist" aria-label={t(`tabs.${area}`)} className={styles.tabs}>
          {stack.views.map((view) => (
            <ViewTab key={view} view={viewNamed(view)} area={area} stack={stack} />
          ))}
        </div>
        {Tools && !isAway ? (
          <div className={styles.tools}>
            <Tools key={connection.serial} />
          </div>
        ) : null}
        {closesArea ? <CloseSheet area={area} /> : null}
      </div>
      <div key={id} role="tabpanel" id={panelOf(id)} aria-labelledby={tabOf(id)} data-view={id} className={styles.view}>
        {isAway ? (
          <AwayNote view={id} />
        ) : (
          <ContentHeightContext value={tellHeight}>
            <KeptViews View={View} />
          </ContentHeightContext>
        )}
      </div>
    </div>
  )
}

function CloseSheet({ area }: { readonly area: AreaId }) {
  const t = useTranslations('layout')
  const isSheet = useHalfLayout((half) => half.sheet === area)
  const openSide = useApp(layoutState, (state) => state.openSide)
  if (!isSheet || area === 'centre') return null
  return <IconButton label={t('closeSheet')} icon={<X size={14} />} onClick={() => openSide(area, false)} />
}
