import { later } from '../ui/later'

// What of a connection is in sight unless a person chose otherwise: one piece of code, loaded before a connection is shown.
const frontViews = () => import('./frontViews')

export const SubscriptionsPane = later(async () => (await frontViews()).SubscriptionsPane)
export const SubscriptionsTools = later(async () => (await frontViews()).SubscriptionsTools)
export const LogPane = later(async () => (await frontViews()).LogPane)
export const InspectorPane = later(async () => (await frontViews()).InspectorPane)
export const PublishPane = later(async () => (await frontViews()).PublishPane)
export const ProbedTree = later(async () => (await frontViews()).ProbedTree)
