// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title ERC-1497 evidence standard: events by which any arbitration front end finds the question and the evidence.
/// @dev https://github.com/ethereum/EIPs/issues/1497
interface IEvidence {
    /// @param evidence URI of the question: choices and their meaning.
    event MetaEvidence(uint256 indexed metaEvidenceId, string evidence);
    event Dispute(
        address indexed arbitrator, uint256 indexed disputeId, uint256 metaEvidenceId, uint256 evidenceGroupId
    );
    /// @param evidence URI of an ERC-1497 evidence file; it may be encrypted to the parties and the panel.
    event Evidence(
        address indexed arbitrator, uint256 indexed evidenceGroupId, address indexed party, string evidence
    );
}
