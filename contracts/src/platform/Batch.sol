// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Several calls in one transaction: all or nothing, or each for itself.
/// @notice For calls that carry their own authority, such as signed orders: this contract holds nothing, and whoever calls it lends
/// it no rights but to say so, see {caller}. A buyer's orders of one cart travel together through it, and an operator's promises.
contract Batch {
    struct Call {
        address target;
        bytes data;
    }

    /// @notice A call of {runEach} failed, and nothing of it has happened.
    event CallSkipped(uint256 indexed index, bytes reason);

    /// @notice Thrown with the reason of the first call that failed.
    error Batch_CallFailed(uint256 index, bytes reason);

    /// @notice Who has this contract make the calls it is making now; zero when it makes none.
    address public transient caller;

    /// @dev A call may come back and have calls of its own made: afterwards the first caller is named again.
    modifier naming() {
        address before = caller;
        caller = msg.sender;
        _;
        caller = before;
    }

    /// @notice Makes each call in turn; when one fails none has happened.
    function run(Call[] calldata calls) external naming {
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool ok, bytes memory reason) = calls[i].target.call(calls[i].data);
            require(ok, Batch_CallFailed(i, reason));
        }
    }

    /// @notice Makes each call in turn and skips those that fail. Nobody can tell a call that had too little gas from one that
    /// is wrong: whoever calls brings enough.
    function runEach(Call[] calldata calls) external naming {
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool ok, bytes memory reason) = calls[i].target.call(calls[i].data);
            if (!ok) emit CallSkipped(i, reason);
        }
    }
}
