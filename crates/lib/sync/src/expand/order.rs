//! The order in which edges are walked.

use std::collections::HashMap;

use model::EntitlementId;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::edge::Edge;

/// Entitlements that contain each other (mostly just one), by the edges that lead to them.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// From entitlements of earlier groups.
    pub(super) incoming: Vec<Edge>,
    /// From within: only when there is a cycle.
    pub(super) inner: Vec<Edge>,
}

/// Sorts edges into groups: when a group's turn comes, all that leads to its sources was walked.
pub(super) fn groups(edges: Vec<Edge>) -> Vec<Group> {
    let (graph, nodes) = graph_of(&edges);
    let rank = ranks(&graph);
    let rank_of = |id: &EntitlementId| {
        nodes
            .get(id)
            .and_then(|node| rank.get(node))
            .copied()
            .unwrap_or_default()
    };
    let mut groups: Vec<Group> = Vec::new();
    groups.resize_with(rank.len(), Group::default);
    for edge in edges {
        let (from, to) = (rank_of(&edge.source), rank_of(&edge.target));
        if let Some(group) = groups.get_mut(to) {
            let side = if from == to {
                &mut group.inner
            } else {
                &mut group.incoming
            };
            side.push(edge);
        }
    }
    groups.retain(|group| !group.incoming.is_empty() || !group.inner.is_empty());
    groups
}

type Nodes = HashMap<EntitlementId, NodeIndex>;

fn graph_of(edges: &[Edge]) -> (DiGraph<(), ()>, Nodes) {
    let mut graph = DiGraph::new();
    let mut nodes = Nodes::new();
    for edge in edges {
        let [from, to] = [&edge.source, &edge.target]
            .map(|id| *nodes.entry(id.clone()).or_insert_with(|| graph.add_node(())));
        graph.add_edge(from, to, ());
    }
    (graph, nodes)
}

/// The position of each node's group, sources first.
fn ranks(graph: &DiGraph<(), ()>) -> HashMap<NodeIndex, usize> {
    let groups = kosaraju_scc(graph).into_iter().rev().enumerate();
    groups
        .flat_map(|(rank, members)| members.into_iter().map(move |node| (node, rank)))
        .collect()
}
