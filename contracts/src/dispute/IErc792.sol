// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The reading half of an ERC-792 arbitrator: where a dispute stands, and what it costs.
/// @dev https://github.com/ethereum/EIPs/issues/792. Apart from {IArbitrator} because a court that is fed by an order book
/// has no use for `createDispute`.
interface IArbitratorView {
    /// Solved: the ruling is final and can be carried out.
    enum DisputeStatus {
        Waiting,
        Appealable,
        Solved
    }

    event DisputeCreation(uint256 indexed disputeId, address indexed arbitrable);
    event AppealPossible(uint256 indexed disputeId, address indexed arbitrable);
    event AppealDecision(uint256 indexed disputeId, address indexed arbitrable);

    function arbitrationCost(bytes calldata extraData) external view returns (uint256 cost);
    function appealCost(uint256 disputeId, bytes calldata extraData) external view returns (uint256 cost);
    function appealPeriod(uint256 disputeId) external view returns (uint256 start, uint256 end);
    function disputeStatus(uint256 disputeId) external view returns (DisputeStatus status);
    function currentRuling(uint256 disputeId) external view returns (uint256 ruling);
}

/// @title An ERC-792 arbitrator: rules what arbitrable contracts bring before it, for native coin.
interface IArbitrator is IArbitratorView {
    function createDispute(uint256 choices, bytes calldata extraData) external payable returns (uint256 disputeId);
    function appeal(uint256 disputeId, bytes calldata extraData) external payable;
}

/// @title An ERC-792 arbitrable: obeys the ruling of its arbitrator.
interface IArbitrable {
    event Ruling(address indexed arbitrator, uint256 indexed disputeId, uint256 ruling);

    /// @notice Arbitrator only. Zero means that it refused to decide.
    function rule(uint256 disputeId, uint256 ruling) external;
}
