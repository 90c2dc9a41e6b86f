import {
  Activity,
  ArrowLeftRight,
  ChartLine,
  Eye,
  FileCheck2,
  Braces,
  Cpu,
  FileText,
  FolderTree,
  ZapOff,
  LibraryBig,
  ListTree,
  Network,
  Repeat,
  Rows3,
  Rss,
  Server,
  SquarePen,
  type LucideIcon,
} from 'lucide-react'
import type { ComponentType } from 'react'
import type { MessageKey } from '#shared/i18n/words'
import { onBroker } from '../features/recordings/onBroker'
import type { FocusTarget } from '../state/focus'
import * as front from './laterFront'
import * as panes from './laterPanes'
import type { ViewPlace } from './layout/layout'

/** One view of the workspace. It stands inside the ConnectionContext of the connection in view. */
export interface WorkspaceView extends ViewPlace {
  readonly name: MessageKey
  readonly icon: LucideIcon
  /** Pixels it needs at least along the edge it is resized at. */
  readonly minimum: number
  /** It is as high as its content, up to this part of its area, until a person chooses otherwise; absent = what is left. */
  readonly fitsUpTo?: `${number}%`
  readonly View: ComponentType
  /** Stands beside its tab while it is in front; e.g. counts and buttons. */
  readonly Tools?: ComponentType
  /** What in it can be asked to have the focus: the view comes to the front for it. */
  readonly focusTargets: readonly FocusTarget[]
}

const all = [
  {
    id: 'subscriptions',
    name: 'layout.views.subscriptions',
    icon: Rss,
    area: 'left',
    minimum: 96,
    fitsUpTo: '40%',
    View: onBroker(front.SubscriptionsPane),
    Tools: front.SubscriptionsTools,
    focusTargets: ['subscribe'],
  },
  {
    id: 'topics',
    name: 'layout.views.topics',
    icon: FolderTree,
    area: 'left',
    minimum: 160,
    View: front.ProbedTree,
    focusTargets: ['probe', 'topics'],
  },
  {
    id: 'messages',
    name: 'layout.views.messages',
    icon: Rows3,
    area: 'centre',
    minimum: 160,
    View: front.LogPane,
    focusTargets: ['find', 'messageFilter'],
  },
  {
    id: 'details',
    name: 'layout.views.details',
    icon: FileText,
    area: 'right',
    minimum: 200,
    View: front.InspectorPane,
    focusTargets: ['details', 'difference'],
  },
  {
    id: 'publish',
    name: 'layout.views.publish',
    icon: SquarePen,
    area: 'bottom',
    minimum: 120,
    View: onBroker(front.PublishPane),
    focusTargets: ['publishTopic', 'publishPayload'],
  },
  {
    id: 'collections',
    name: 'layout.views.collections',
    icon: LibraryBig,
    area: 'left',
    beside: 'topics',
    minimum: 160,
    View: panes.CollectionsPane,
    focusTargets: ['collections'],
  },
  {
    id: 'schemas',
    name: 'layout.views.schemas',
    icon: FileCheck2,
    area: 'left',
    beside: 'topics',
    minimum: 160,
    View: panes.SchemasPane,
    focusTargets: ['schemas'],
  },
  {
    id: 'watch',
    name: 'layout.views.watch',
    icon: Eye,
    area: 'bottom',
    beside: 'publish',
    minimum: 120,
    View: panes.WatchPane,
    focusTargets: ['watch'],
  },
  {
    id: 'senders',
    name: 'layout.views.senders',
    icon: Repeat,
    area: 'bottom',
    beside: 'publish',
    minimum: 120,
    View: onBroker(panes.SendersPane),
    focusTargets: ['senders'],
  },
  {
    id: 'requests',
    name: 'layout.views.requests',
    icon: ArrowLeftRight,
    area: 'bottom',
    beside: 'publish',
    minimum: 120,
    View: onBroker(panes.RequestsPane),
    focusTargets: ['requests'],
  },
  {
    id: 'deliveryMeter',
    name: 'layout.views.deliveryMeter',
    icon: Activity,
    area: 'bottom',
    beside: 'publish',
    minimum: 120,
    View: onBroker(panes.MeterPane),
    focusTargets: [],
  },
  {
    id: 'scripts',
    name: 'layout.views.scripts',
    icon: Braces,
    area: 'centre',
    beside: 'messages',
    minimum: 160,
    View: onBroker(panes.ScriptsPane),
    focusTargets: ['scripts'],
  },
  {
    id: 'charts',
    name: 'layout.views.charts',
    icon: ChartLine,
    area: 'centre',
    beside: 'messages',
    minimum: 160,
    View: panes.ChartsPane,
    focusTargets: ['charts'],
  },
  {
    id: 'packets',
    name: 'layout.views.packets',
    icon: ListTree,
    area: 'centre',
    beside: 'messages',
    minimum: 160,
    View: panes.PacketsPane,
    focusTargets: ['packets'],
  },
  {
    id: 'faults',
    name: 'layout.views.faults',
    icon: ZapOff,
    area: 'bottom',
    beside: 'publish',
    minimum: 120,
    View: onBroker(panes.FaultsPane),
    focusTargets: [],
  },
  {
    id: 'broker',
    name: 'layout.views.broker',
    icon: Server,
    area: 'centre',
    beside: 'messages',
    minimum: 160,
    View: onBroker(panes.BrokerPane),
    focusTargets: ['broker'],
  },
  {
    id: 'devices',
    name: 'layout.views.devices',
    icon: Cpu,
    area: 'bottom',
    beside: 'publish',
    minimum: 120,
    View: onBroker(panes.DevicesPane),
    focusTargets: [],
  },
  {
    id: 'sparkplug',
    name: 'layout.views.sparkplug',
    icon: Network,
    area: 'centre',
    beside: 'messages',
    minimum: 160,
    View: panes.SparkplugPane,
    focusTargets: [],
  },
] as const satisfies readonly WorkspaceView[]

export type ViewId = (typeof all)[number]['id']

/** What can be asked to have the focus in some view. */
export type TargetInView = (typeof all)[number]['focusTargets'][number]

/** All views of a connection, in the order in which they stand at first. */
export const workspaceViews: readonly (WorkspaceView & { readonly id: ViewId })[] = all

/** The views by their names in layouts, where only known ones stand. */
export const viewNamed = (id: string): (typeof workspaceViews)[number] => {
  const view = workspaceViews.find((one) => one.id === id)
  if (!view) throw new Error(`There is no view ${id}.`)
  return view
}
