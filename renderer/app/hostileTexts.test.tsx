import { cleanup } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import type { AppError } from '#shared/result'
import { hostileTexts } from '#shared/text/textTesting'
import { InspectorPane } from '../features/inspector/InspectorPane'
import { drawnColumnsOf } from '../features/log/columns/drawnColumns'
import { messageColumns } from '../features/log/messageColumns'
import { MessageRow } from '../features/log/MessageRow'
import { SubscriptionRow } from '../features/subscriptions/list/SubscriptionRow'
import { TopicRow } from '../features/topicTree/rows/TopicRow'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import { noticesState } from '../state/notices'
import { selectionState } from '../state/selection'
import { onlineSession, openTestWindow } from '../testing/testWindow'
import { stubLayout } from '../ui/layoutTesting'
import { Notices } from './Notices'

stubLayout({ clientHeight: 600, clientWidth: 400, offsetHeight: 18 })
afterEach(cleanup)

/** Everything that shows what a stranger wrote, with one text in all places. */
const show = (text: string, part: (things: Things) => ReactNode) => {
  const things = thingsOf(text)
  return things.window.render(part(things)).container
}

const thingsOf = (text: string) => {
  const properties = encodePublishProperties({
    contentType: text,
    responseTopic: text,
    userProperties: Array.from({ length: 30 }, () => [text, text] as const),
  })
  const payload = new TextEncoder().encode(text)
  const subscription: Subscription = {
    id: 's',
    filter: text,
    alias: text,
    qos: 0,
    colour: 'blue',
    enabled: true,
    muted: false,
  }
  const error: AppError = {
    code: 'subscribeRefused',
    message: text,
    reasonCode: 135,
    values: {
      host: text,
      names: text,
    },
  }
  const status: SubscriptionStatus = { subscription, state: { phase: 'refused', error } }
  const window = openTestWindow({ session: onlineSession(), subscriptions: [status] })
  window.receive([
    frameOfMessages(1, [{ topicId: 0, payload, properties }], {
      firstTopicId: 0,
      newTopics: [text],
      firstMatchSetId: 0,
      newMatchSets: [['s']],
    }),
  ])
  window.connection.get(selectionState).selectMessage(1)
  window.app.get(noticesState).showError(error)
  return { window, model: window.connection.model, subscription, status }
}

type Things = ReturnType<typeof thingsOf>

const nothing = () => undefined

/** Every column of the log, and one for a field. */
const allShown = [...messageColumns, { id: '$' }].map(({ id }) => ({ id, show: 'shown' as const, width: null }))

function LogRow({ things: { model, subscription } }: { readonly things: Things }) {
  const message = model.log.messageOf(1)
  return message ? (
    <MessageRow
      id="row"
      row={{ kind: 'message', message }}
      logRow={0}
      rowIndex={2}
      selected={false}
      current={false}
      bookmark={{ sequence: 1, topic: message.topic, time: 0, note: message.topic, payload: message.topic }}
      columns={drawnColumnsOf(allShown, new Set())}
      subscriptions={new Map([['s', subscription]])}
      log={model.log}
      rowBeforeAt={null}
    />
  ) : null
}

function TreeRows({ things: { model } }: { readonly things: Things }) {
  const { tree } = model
  const node = tree.topics()[0]
  return node ? (
    <TopicRow
      {...{ id: 'node', node, version: 1, open: false, position: 1, setSize: 1, top: 0, selected: false }}
      {...{ marked: null, active: false, now: 0, chipsOf: () => [], traffic: tree.traffic, columns: ['value'] }}
      {...{ summedUpAt: 0, secondsBelow: null, askedSince: () => null, probed: null, evicted: false }}
    />
  ) : null
}

const places: Readonly<Record<string, (things: Things) => ReactNode>> = {
  'a row of the log': (things) => <LogRow things={things} />,
  'a row of the tree': (things) => <TreeRows things={things} />,
  'the details': () => <InspectorPane />,
  'a subscription': ({ status }) => (
    <SubscriptionRow
      nearest={undefined}
      {...{ status, rate: 0, now: 0, position: { place: 0, count: 1 }, isTabStop: true, isChosen: true }}
      {...{ targets: () => [status], onFocus: nothing, onEdit: nothing }}
    />
  ),
  'a notice': () => <Notices />,
}

/** Text that is seen or spoken: of all elements, and of each attribute that is read out or shown. */
const longestSaid = (container: Element): number =>
  Math.max(
    ...[...container.querySelectorAll('*')].flatMap((element) =>
      ['title', 'aria-label', 'aria-description'].map((name) => element.getAttribute(name)?.length ?? 0),
    ),
  )

describe('names that differ in what is not seen', () => {
  it.each(['tz/x ', 'tz/ x', 'tz/x\u00a0', 'tz/x\u200b', 'tz/x\u3164', 'tz/x\u{e0061}'])(
    'differ to the eye and to a screen reader: %j',
    (topic) => {
      const said = (text: string) => {
        const container = show(text, (things) => (
          <>
            <LogRow things={things} />
            <TreeRows things={things} />
          </>
        ))
        const labels = [...container.querySelectorAll('[aria-label]')].map((element) =>
          element.getAttribute('aria-label'),
        )
        const [cell] = container.querySelectorAll('[role="gridcell"][aria-label]')
        const [item] = container.querySelectorAll('[role="treeitem"]')
        const texts = [cell?.textContent, item?.textContent]
        cleanup()
        return { labels, texts }
      }
      const plain = said('tz/x')
      const hidden = said(topic)
      hidden.labels.forEach((label, index) => expect(label).not.toBe(plain.labels[index]))
      hidden.texts.forEach((text, index) => expect(text).not.toBe(plain.texts[index]))
      expect(hidden.labels).toHaveLength(2)
    },
  )
})

describe.each(Object.entries(places))('%s', (name, part) => {
  let harmless = 0
  beforeAll(() => {
    harmless = show('plain/topic', part).querySelectorAll('*').length
    cleanup()
  })

  it.each(Object.entries(hostileTexts))('is bounded for a text of %s', (_, text) => {
    const container = show(text, part)
    const elements = container.querySelectorAll('*').length
    cleanup()
    // The details have the lines of a payload in view, and twenty levels and properties.
    expect(elements).toBeGreaterThan(0)
    expect(elements - harmless).toBeLessThanOrEqual(name === 'the details' ? 200 : 30)
    expect(longestSaid(container)).toBeLessThan(1_000)
  })
})
