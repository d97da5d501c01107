"""A topic is for papers of our field: what another field's paper says of our words is none."""

from __future__ import annotations

import pytest
from daybook.archive.topics import Taxonomy, assign_topics


class TestForeignFields:
    """A physics paper gets no machine-learning topic without evidence."""

    @pytest.mark.parametrize("categories", [(), ("cond-mat.soft",), ("hep-th", "astro-ph.CO")])
    @pytest.mark.parametrize(
        ("title", "abstract"),
        [
            (
                "Anomalous diffusion of tracers in crowded fluids",
                "The diffusion coefficient of colloids follows a power law. Noise is Brownian.",
            ),
            (
                "Flux transformers and the noise of superconducting circuits",
                "We report on transformers of which the layers are sputtered; heads are cooled.",
            ),
            (
                "Gradient flow on the lattice",
                "We discuss gradient flow in gauge theory and prove its convergence.",
            ),
            (
                "Exchange attention: a survey of magnetic order in three dimensions",
                "Spins on graphs are simulated; the phase transition has a critical temperature.",
            ),
        ],
    )
    def test_the_words_that_physics_shares_are_not_enough(
        self, taxonomy: Taxonomy, title: str, abstract: str, categories: tuple[str, ...]
    ) -> None:
        assert assign_topics(taxonomy, title, abstract, categories) == ()

    @pytest.mark.parametrize(
        ("wrong", "title", "abstract"),
        [
            (
                "diffusion-models",
                "Heat-like diffusion for ranking films",
                (
                    "We recommend films to users by a diffusion process on the bipartite "
                    "network of users and films. The diffusion favours films of low degree. "
                    "Diffusion based recommendation is accurate on two sets of ratings."
                ),
            ),
            (
                "diffusion-models",
                "Superdiffusion between the layers of a multiplex, found by a neural network",
                (
                    "A neural network is trained to tell whether diffusion on both layers is "
                    "faster than diffusion on each of them. Super-diffusion needs layers that "
                    "differ."
                ),
            ),
            (
                "diffusion-models",
                "An algorithm for flow rates in pipe networks",
                (
                    "The flow in each pipe follows from the flow at the junctions. We estimate "
                    "flows of water on a graph by sensors at few nodes; the flow network is a "
                    "tree."
                ),
            ),
            (
                "mixture-of-experts",
                "Modules in bipartite networks by a genetic algorithm",
                (
                    "Modularity is optimized over partitions. Maximal modularity finds the "
                    "modular structure of the network and its communities; community detection "
                    "is fast."
                ),
            ),
            (
                "language-tasks",
                "Neural networks that sort nebulae by morphology",
                (
                    "A convolutional neural network is trained on morphological classes of "
                    "nebulae. Morphology labels come from volunteers, and morphologies are "
                    "often ambiguous."
                ),
            ),
            (
                "reasoning",
                "Spin glasses and associative memory, a mechanical analogy",
                (
                    "By an analogy between the Hopfield model and a particle, we extend the "
                    "energy. Analogies with mechanics give its learning rule."
                ),
            ),
            (
                "reasoning",
                "Proof of a threshold in the block model",
                (
                    "We prove a conjecture on communities in random graphs. The conjecture says "
                    "that detection is possible above a threshold; a second conjecture stays "
                    "open."
                ),
            ),
            (
                "efficiency",
                "Quantized conductance of a model neuron",
                (
                    "The quantized channel of a quantum neuron switches between levels. "
                    "Quantizing the membrane by quantum circuits brings machine learning and "
                    "physics together."
                ),
            ),
            (
                "efficiency",
                "Distillation of entanglement on sets of objects",
                "Distillation distils clusters out of a table of queries and objects.",
            ),
            (
                "interpretability",
                "Discovery of quantum circuits by evolution",
                (
                    "Circuit discovery by a multi-objective evolutionary algorithm finds "
                    "quantum circuits. Circuits are trained in superposition with few gates."
                ),
            ),
            (
                "health-biology",
                "Searching with genotypes that adapt themselves",
                (
                    "In evolutionary search a genotype maps to a phenotype. Phenotypes adapt "
                    "their own exploration; neutral genotypes help an evolutionary algorithm."
                ),
            ),
            (
                "fine-tuning",
                "Self-adaptation on neutral landscapes",
                (
                    "Self-adaptation of step sizes in evolutionary computation needs "
                    "neutrality. Adaptation without it is slow, and adaptation with it is fast."
                ),
            ),
            (
                "latent-variable-models",
                "A variational quantum eigensolver of few gates",
                "Variational circuits solve an optimization problem; the variational ansatz grows.",
            ),
            (
                "health-biology",
                "Languages of the world on microblogs",
                "We map microblogging in many societies: microblogs tell where people tweet.",
            ),
        ],
    )
    def test_a_word_that_other_fields_use_does_not_make_a_machine_learning_topic(
        self, taxonomy: Taxonomy, wrong: str, title: str, abstract: str
    ) -> None:
        assert wrong not in assign_topics(taxonomy, title, abstract)
        assert wrong not in assign_topics(taxonomy, title, abstract, ("physics.soc-ph",))

    @pytest.mark.parametrize(
        ("right", "title", "abstract"),
        [
            (
                "diffusion-models",
                "Diffusion models sample galaxies",
                "We train a score-based diffusion model that generates images of galaxies.",
            ),
            (
                "efficiency",
                "Quantized neural networks trigger at a collider",
                "Weights of a neural network are quantized to few bits for inference on FPGAs.",
            ),
            (
                "mixture-of-experts",
                "Plasma surrogates by a mixture of experts",
                "A mixture of experts with a learned router replaces a solver.",
            ),
        ],
    )
    def test_a_physics_paper_that_uses_machine_learning_keeps_its_topic(
        self, taxonomy: Taxonomy, right: str, title: str, abstract: str
    ) -> None:
        assert right in assign_topics(taxonomy, title, abstract)
        assert right in assign_topics(taxonomy, title, abstract, ("astro-ph.IM",))

    def test_evidence_is_enough_in_physics_too(self, taxonomy: Taxonomy) -> None:
        topics = assign_topics(
            taxonomy,
            "Graph neural networks tag jets",
            "We train graph neural networks on collisions.",
            ("hep-ex",),
        )
        assert topics[0] == "graphs-time-series"
