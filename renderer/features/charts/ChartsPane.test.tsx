import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { defaultSettings } from '#shared/model/settings'
import { frameOfMessages } from '../../model/messageLog/messageLogTesting'
import { chartsState } from '../../state/charts'
import { connectionsState } from '../../state/connections'
import { messagesState } from '../../state/messages'
import { settingsState } from '../../state/settings'
import { openTestWindow } from '../../testing/testWindow'
import { ChartsPane } from './ChartsPane'
import { chartCsv, csvField } from './export/chartCsv'
import { chartSvg } from './export/chartSvg'
import { numberPaths } from './numberPaths'

const names = { firstTopicId: 0, newTopics: ['room'], firstMatchSetId: 0, newMatchSets: [[]] }
const later = frameOfMessages(4, [{ topicId: 0, payload: '{"t":23}' }], { firstTopicId: 1, firstMatchSetId: 1 })
const celsius = { topic: 'room', path: ['t'] }

afterEach(cleanup)

const open = (settings = defaultSettings) => {
  const window = openTestWindow({ session: { phase: 'offline' }, snapshot: { settings } })
  const payloads = ['{"t":21.50}', '{"t":"22,5 °C"}', '{"u":1}']
  window.receive([
    frameOfMessages(
      1,
      payloads.map((payload) => ({ topicId: 0, payload })),
      names,
    ),
  ])
  return { ...window, charts: () => window.connection.get(chartsState) }
}

describe('the charts of a connection', () => {
  it('say what to do where there are none', () => {
    open().render(<ChartsPane />)
    expect(screen.getByText('No charts yet').textContent).toBe('No charts yet')
  })

  it('begin with what the log has, go on with what comes, and count what was skipped', async () => {
    const { charts, render, receive } = open()
    charts().chart(celsius)
    render(<ChartsPane />)
    const row = screen.getByRole('row', { name: /room \$\.t/ })
    await expect.poll(() => row.textContent).toContain('22,5 °C')
    expect(row.textContent).toContain('1 skipped')
    act(() => receive([later]))
    await expect.poll(() => row.textContent).toContain('$.t23')
    expect(charts().pointsOf(celsius).count()).toBe(3)
  })

  it('stand still while they are paused', async () => {
    const { charts, render, receive } = open()
    charts().chart(celsius)
    render(<ChartsPane />)
    const row = screen.getByRole('row', { name: /room \$\.t/ })
    await expect.poll(() => row.textContent).toContain('22,5 °C')
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }))
    act(() => receive([later]))
    expect(row.textContent).toContain('22,5 °C')
    fireEvent.click(screen.getByRole('button', { name: 'Live' }))
    await expect.poll(() => row.textContent).toContain('$.t23')
  })

  it('say at the cursor what a mark means, which M and Shift+M go to', async () => {
    const bookmarks = { c: [{ topic: 'room', time: 1_002, note: 'door open', payload: '' }] }
    const { charts, render } = open({ ...defaultSettings, bookmarks })
    charts().chart(celsius)
    render(<ChartsPane />)
    const plot = screen.getByRole('group', { name: 'Chart of room $.t' })
    const row = screen.getByRole('row', { name: /room \$\.t/ })
    await expect.poll(() => row.textContent).toContain('22,5 °C')
    fireEvent.keyDown(plot, { key: 'm' })
    expect(screen.getByRole('status').textContent).toMatch(/Bookmark .*· door open$/)
    fireEvent.keyDown(plot, { key: 'ArrowLeft' })
    expect(screen.getByRole('status').textContent).toBe('')
    fireEvent.keyDown(plot, { key: 'ArrowRight' })
    fireEvent.keyDown(plot, { key: 'M', shiftKey: true })
    expect(screen.getByRole('status').textContent).toContain('door open')
  })

  it('are kept with the connection, without a field twice', () => {
    const { app, charts } = open()
    charts().chart(celsius)
    charts().chart(celsius)
    charts().chartAlong({ topic: 'room', path: ['u'] })
    const kept = app.get(settingsState).settings.charts['c']
    expect(kept?.map(({ series }) => series.map(({ path, colour }) => [path, colour]))).toEqual([
      [
        [['t'], 'blue'],
        [['u'], 'amber'],
      ],
    ])
    const again = openTestWindow({ snapshot: { settings: { ...defaultSettings, charts: { c: kept ?? [] } } } })
    expect(again.connection.get(chartsState).charts).toEqual(kept)
  })

  it('have fields of other connections too, after a clear there what its log has, and none once it is gone', () => {
    const { app, charts } = open()
    const other = app.get(connectionsState).open('other')
    const payloads = ['{"t":1}', '{"t":2}'].map((payload) => ({ topicId: 0, payload }))
    other.model.apply(frameOfMessages(1, payloads, names))
    charts().chart(celsius)
    charts().chartAlong({ ...celsius, connectionId: 'other' })
    charts().chartAlong({ ...celsius, connectionId: 'c' })
    const [own, foreign] = charts().charts[0]?.series ?? []
    if (!own || !foreign) throw new Error('There are not two series.')
    expect(charts().charts[0]?.series).toHaveLength(2)
    expect([own.connectionId, foreign.connectionId]).toEqual([undefined, 'other'])
    expect([own, foreign].map((one) => charts().pointsOf(one).textAt(0))).toEqual(['21.50', '1'])
    other.get(messagesState).clear()
    expect([own, foreign].map((one) => charts().pointsOf(one).count())).toEqual([2, 0])
    other.get(messagesState).undoClear()
    expect(charts().pointsOf(foreign).count()).toBe(2)
    app.get(connectionsState).close('other')
    expect([own, foreign].map((one) => charts().pointsOf(one).count())).toEqual([2, 0])
  })

  it('put a field of another unit on the other axis, and one of the same beside its like', () => {
    const { charts } = open()
    charts().chart(celsius)
    charts().chartAlong({ topic: 'room', path: ['v'], text: '230 V' })
    charts().chartAlong({ topic: 'room', path: ['w'], text: '19 °C' })
    charts().chartAlong({ topic: 'room', path: ['x'], text: '5' })
    expect(charts().charts[0]?.series.map(({ axis }) => axis)).toEqual(['left', 'right', 'left', 'left'])
  })

  it('have what the log has after a clear and its undo', () => {
    const { connection, charts } = open()
    charts().chart(celsius)
    expect(charts().pointsOf(celsius).count()).toBe(2)
    connection.get(messagesState).clear()
    expect(charts().pointsOf(celsius).count()).toBe(0)
    connection.get(messagesState).undoClear()
    expect(charts().pointsOf(celsius).count()).toBe(2)
  })

  it('are written as they were sent', () => {
    const { charts } = open()
    charts().chart(celsius)
    const [chart] = charts().charts
    if (!chart) throw new Error('There is no chart.')
    const drawn = {
      chart,
      span: { from: 0, to: 10_000 },
      pointsOf: charts().pointsOf,
      nameOf: () => 'room $.t',
    }
    expect(chartCsv(drawn)).toBe(
      'time,topic,path,value\r\n1970-01-01T00:00:01.001Z,room,$.t,21.50\r\n1970-01-01T00:00:01.002Z,room,$.t,"22,5 °C"\r\n',
    )
    const svg = new DOMParser().parseFromString(chartSvg(drawn), 'image/svg+xml')
    expect(svg.querySelector('parsererror')).toBeNull()
    expect(svg.querySelectorAll('path')).toHaveLength(1)
    expect(decodeUtf8(new TextEncoder().encode(chartSvg(drawn)))).toContain('room $.t')
  })
})

it('a text that a spreadsheet would run is written as a text, and a number as it was sent', () => {
  expect(['=1+1', '-4.50', '@x', '-x', 'a"b'].map(csvField)).toEqual(["'=1+1", '-4.50', "'@x", "'-x", '"a""b"'])
})

it('the fields that are numbers, or say one', () => {
  expect(numberPaths('{"a":1,"b":{"c":["x","2,5 V"]},"d":true}')).toEqual([
    { path: ['a'], text: '1' },
    { path: ['b', 'c', 1], text: '2,5 V' },
  ])
  // What a tag of CBOR says stands where the tag does.
  expect(numberPaths('{"at":{"$tag":[1,1700000000]}}')).toEqual([{ path: ['at'], text: '1700000000' }])
})
