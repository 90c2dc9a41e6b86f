import { memo, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { ActionButton } from '../../../actions/ActionButton'
import type { PayloadContent, PayloadView, ShownPayload } from '../../../decode/payloadView'
import { payloadViewOf, payloadViews, viewFor, type PayloadViewId } from '../../../decode/payloadViews'
import { decodedTreeView } from '../../../decode/views/treeView'
import { rootOf } from '#shared/encoding/decodedRoot'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { replyTo } from '../../../model/messageLog/messageLogCompose'
import { useDecodedText } from '../../../mqttUi/useDecodedText'
import { useDecoded, type Decoded } from '../../../state/decoded'
import { largePayloadState, selectPayload, selectWhole } from '../../../state/largePayload'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { ContextMenu } from '../../../ui/menus'
import { ViewSwitch } from '../../../ui/ViewSwitch'
import { FindBar } from '../find/FindBar'
import { useFind } from '../find/useFind'
import styles from '../inspector.module.css'
import { inspectorState, selectChosenView } from '../inspectorState'
import { LineRuler } from '../lines/LineRuler'
import { useLineScope } from '../lines/useLineScope'
import { useLandmarkName } from '../../../state/useLandmarkName'
import { jsonValueSubject } from './jsonValueSubject'
import { useSchemaNote } from '../schema/useSchemaNote'
import { PayloadTree } from '../tree/PayloadTree'
import { suggestedName } from './payloadFile'
import { PayloadBytes } from './PayloadBytes'
import { PayloadText } from './PayloadText'
import { PayloadVerbs, type PayloadVerbsProps } from './PayloadVerbs'
import { useFolds } from './useFolds'
import { usePayloadContent } from './usePayloadContent'
import { usePayloadMenu } from './usePayloadMenu'
import { usePayloadVerbs } from './usePayloadVerbs'
import { WholePayloadNote } from './WholePayloadNote'

export interface PayloadPanelProps {
  readonly message: MessageView
  /** The next message of the topic takes its place: what is in view stays in view. */
  readonly isFollowing: boolean
}

/** The whole payload, in the view that fits it or the one a person chose for its topic; its head while the rest comes. */
export const PayloadPanel = memo(function PayloadPanel({ message, isFollowing }: PayloadPanelProps) {
  const t = useTranslations('inspector')
  const landmark = useLandmarkName(t('tabs.payload'))
  const connection = useConnectionObject()
  const { payload: head, payloadBytes, topic, properties } = message
  const chosenView = useApp(inspectorState, selectChosenView(topic))
  const open = useConnection(largePayloadState, selectWhole(message.sequence))
  const whole = useConnection(largePayloadState, selectPayload(message))
  const fitting = useMemo(
    () => viewFor({ bytes: head, payloadBytes, contentType: decodePublishProperties(properties)?.contentType }),
    [head, payloadBytes, properties],
  )
  const view = chosenView === null ? fitting : payloadViewOf(chosenView)
  const [width, setWidth] = useState(Infinity)
  const decoded = useDecoded(message, whole)
  const raw = { bytes: whole ?? head, isCut: whole === null, payloadBytes, width }
  const inside = chosenView === 'diagnostic' ? unpackedOf(decoded) : null
  const laidOut = useDecodedJson(chosenView === null ? decoded : null)
  const asTree = useDecodedTree(chosenView === 'tree' ? decoded : null, raw.bytes)
  const content = usePayloadContent(
    laidOut ?? (inside ? { ...inside, width } : raw),
    laidOut ? payloadViewOf('json') : (asTree ?? view),
  )
  const { copyText, outline } = content
  const folds = useFolds(content, topic)
  const finding = useApp(inspectorState, (state) => state.finding)
  const openFind = useApp(inspectorState, (state) => state.openFind)
  const closeFind = useApp(inspectorState, (state) => state.closeFind)
  const foldTree = useApp(inspectorState, (state) => state.foldTree)
  const [treeBox, attachTree] = useState<HTMLElement | null>(null)
  const schema = useSchemaNote({ message, whole, decoded })
  const find = useFind(content)
  const shownAs = `${isFollowing ? topic : message.sequence} ${laidOut ? 'decoded' : view.id}`
  const [chosen, choose] = useState<{ readonly of: string; readonly line: number } | null>(null)
  const chosenLine = chosen?.of === shownAs ? chosen.line : null
  const valueAt = (line: number) => outline && jsonValueSubject({ connection, message, outline: outline(), line })
  const verbs = usePayloadVerbs({ message, copyText, suggestedName: suggestedName(topic, fitting) })
  const lines = useLineScope(verbs.copy.run)
  const foldAll = content.tree
    ? (folded: boolean) => foldTree(topic, { rule: folded ? 'none' : 'all', toggled: new Set() })
    : outline && content.lines.count > 1
      ? folds.foldAll
      : null
  const menu = usePayloadMenu({
    lines,
    ...verbs,
    find: openFind,
    foldAll,
    value: () => (chosenLine === null ? null : valueAt(chosenLine)),
  })
  const leaveFind = () => {
    closeFind()
    if (content.tree) treeBox?.focus()
    else lines.focus()
  }

  return (
    <>
      <section role="region" aria-label={landmark} className={styles.payload}>
        {finding.isOpen ? <FindBar find={find} onClose={leaveFind} /> : null}
        {open ? <WholePayloadNote whole={open} /> : null}
        {decoded ? <DecodedNote decoded={decoded} /> : null}
        {schema.note}
        <PayloadNotes content={content} />
        <LineRuler lines={lines.scroller} onWidth={setWidth} />
        {payloadBytes === 0 ? (
          <p className={styles.quiet}>{t('emptyPayload')}</p>
        ) : content.isPending ? (
          <p role="status" className={styles.quiet}>
            {t('tree.reading')}
          </p>
        ) : content.tree && foldAll ? (
          <PayloadTree
            key={shownAs}
            {...{ message, find, attach: attachTree, foldAll }}
            tree={content.tree}
            findings={schema.findings}
            wantedFinding={schema.wanted}
          />
        ) : (
          <ContextMenu items={menu} className={styles.linesMenu ?? ''}>
            {content.byteGrid ? (
              <PayloadBytes key={shownAs} {...{ content, find }} grid={content.byteGrid} attach={lines.attach} />
            ) : (
              <PayloadText
                key={shownAs}
                {...{ content, folds, find }}
                chosen={chosenLine}
                isChosen={!isFollowing}
                onChoose={(line) => choose({ of: shownAs, line })}
                valueAt={valueAt}
                attach={lines.attach}
              />
            )}
          </ContextMenu>
        )}
      </section>
      <PayloadFooter {...{ message, fitting, verbs, foldAll }} isDecoded={laidOut !== null} isCbor={isCbor(decoded)} />
    </>
  )
})

/** The decoded value as JSON; null = there is none. */
const useDecodedJson = (decoded: Decoded | null): ShownPayload | null =>
  useMemo(() => {
    if (decoded?.status !== 'decoded') return null
    const bytes = encodeUtf8(decoded.json)
    return { bytes, isCut: false, payloadBytes: bytes.length }
  }, [decoded])

/** What was unpacked from the payload, as what is shown; null = nothing was. */
const unpackedOf = (decoded: Decoded | null): ShownPayload | null => {
  const bytes = decoded?.status === 'decoded' ? decoded.unpacked : null
  return bytes && { bytes, isCut: false, payloadBytes: bytes.length }
}

const isCbor = (decoded: Decoded | null): boolean => /(?:^|\+)cbor(?:-seq)?$/.test(decoded?.way.decoder ?? '')

/** The decoded values as a tree, with their bytes; null = there are none. */
const useDecodedTree = (decoded: Decoded | null, payload: Uint8Array): PayloadView | null =>
  useMemo(() => {
    if (decoded?.status === 'waiting') return decodedTreeView(null, () => '')
    const root = decoded?.status === 'decoded' ? rootOf(decoded.nodes) : null
    if (decoded?.status !== 'decoded' || !root) return null
    const { json, unpacked } = decoded
    return decodedTreeView({ root, bytes: unpacked ?? payload, isUnpacked: unpacked !== null }, () => json)
  }, [decoded, payload])

function DecodedNote({ decoded }: { readonly decoded: Decoded }) {
  const textOf = useDecodedText()
  return (
    <ul className={styles.notes} data-decoding={decoded.status}>
      <li>{textOf(decoded)}</li>
    </ul>
  )
}

interface PayloadFooterProps extends Pick<PayloadPanelProps, 'message'> {
  /** The view that fits the payload by rule. */
  readonly fitting: PayloadView<PayloadViewId>
  readonly verbs: Pick<PayloadVerbsProps, 'copy' | 'save'>
  readonly foldAll: PayloadVerbsProps['foldAll']
  /** What is shown is the decoded value, unless a person chooses a view. */
  readonly isDecoded: boolean
  /** It is decoded as CBOR, which has a notation of its own. */
  readonly isCbor: boolean
}

type Choice = 'auto' | PayloadViewId

function PayloadFooter({ message, fitting, verbs, foldAll, isDecoded, isCbor: hasNotation }: PayloadFooterProps) {
  const t = useTranslations('inspector')
  const connection = useConnectionObject()
  const { topic } = message
  const chosenView = useApp(inspectorState, selectChosenView(topic))
  const chooseView = useApp(inspectorState, (state) => state.chooseView)
  const openFind = useApp(inspectorState, (state) => state.openFind)
  return (
    <footer className={styles.footer}>
      <ViewSwitch<Choice>
        label={t('viewAs')}
        value={chosenView ?? 'auto'}
        options={[
          {
            value: 'auto',
            label:
              chosenView === null
                ? t('autoView', { view: isDecoded ? t('decodedView') : t(`views.${fitting.id}`) })
                : t('auto'),
            title: t('autoHint'),
          },
          ...payloadViews
            .filter(({ id }) => id !== 'diagnostic' || hasNotation || chosenView === id)
            .map(({ id }) => ({ value: id, label: t(`views.${id}`) })),
        ]}
        onChange={(choice) => chooseView(topic, choice === 'auto' ? null : choice)}
      />
      <PayloadVerbs {...verbs} find={openFind} foldAll={foldAll} />
      <span className={styles.send}>
        {replyTo(message) ? (
          <ActionButton id="message.reply" on="message" subject={{ connection, message }} variant="plain" />
        ) : null}
        <ActionButton id="message.editAndSend" on="message" subject={{ connection, message }} variant="primary" />
      </span>
    </footer>
  )
}

function PayloadNotes({ content }: { readonly content: PayloadContent }) {
  const t = useTranslations('inspector')
  const { lines, cutAfter } = content
  const notes = [
    ...content.notes.map(({ key, values, detail }) => t(key, { ...values, detail: detail ? t(detail) : '' })),
    ...(lines.count > 1 && lines.at(0).continues ? [t('longLines', { length: cutAfter })] : []),
  ]
  if (notes.length === 0) return null
  return (
    <ul className={styles.notes}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}
