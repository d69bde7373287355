// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Gives a batch of calls an end: as its first call this refuses all of it when it comes too late.
/// @notice Signatures of several people are collected over days. Without an end, whoever kept them could use them years later.
contract Deadline {
    error Deadline_Passed(uint256 time);

    /// @notice Reverts after `time`, Unix seconds.
    function notAfter(uint256 time) external view {
        require(block.timestamp <= time, Deadline_Passed(time));
    }
}
