// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IArbitrable, IArbitrator} from "../../src/dispute/IErc792.sol";

/// @notice One person as an ERC-792 arbitrator, like the standard's `CentralizedArbitrator`: no appeals, one price.
contract PlainArbitrator is IArbitrator {
    error Underpaid(uint256 value, uint256 cost);
    error AlreadySolved(uint256 disputeId);

    struct Case {
        IArbitrable arbitrable;
        uint256 ruling;
        DisputeStatus status;
    }

    uint256 public price;
    Case[] public cases;

    constructor(uint256 price_) {
        price = price_;
        // Number zero is a dispute of somebody else's.
        cases.push();
    }

    function setPrice(uint256 price_) external {
        price = price_;
    }

    function createDispute(uint256, bytes calldata) external payable returns (uint256 disputeId) {
        require(msg.value >= price, Underpaid(msg.value, price));
        disputeId = cases.length;
        cases.push(Case(IArbitrable(msg.sender), 0, DisputeStatus.Waiting));
        emit DisputeCreation(disputeId, msg.sender);
    }

    function giveRuling(uint256 disputeId, uint256 ruling) external {
        Case storage c = cases[disputeId];
        require(c.status == DisputeStatus.Waiting, AlreadySolved(disputeId));
        (c.ruling, c.status) = (ruling, DisputeStatus.Solved);
        c.arbitrable.rule(disputeId, ruling);
    }

    function appeal(uint256 disputeId, bytes calldata) external payable {
        revert AlreadySolved(disputeId);
    }

    function arbitrationCost(bytes calldata) external view returns (uint256) {
        return price;
    }

    function appealCost(uint256, bytes calldata) external pure returns (uint256) {
        return type(uint256).max;
    }

    function appealPeriod(uint256) external pure returns (uint256, uint256) {
        return (0, 0);
    }

    function disputeStatus(uint256 disputeId) external view returns (DisputeStatus) {
        return cases[disputeId].status;
    }

    function currentRuling(uint256 disputeId) external view returns (uint256) {
        return cases[disputeId].ruling;
    }
}
