// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Several calls in one transaction, all or nothing.
/// @notice For calls that carry their own authority, such as signed orders: this contract holds nothing, is trusted by
/// nobody, and whoever calls it lends it no rights. A buyer's orders of one cart travel together through it.
contract Batch {
    struct Call {
        address target;
        bytes data;
    }

    /// @notice Thrown with the reason of the first call that failed.
    error Batch_CallFailed(uint256 index, bytes reason);

    /// @notice Makes each call in turn; when one fails none has happened.
    function run(Call[] calldata calls) external {
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool ok, bytes memory reason) = calls[i].target.call(calls[i].data);
            require(ok, Batch_CallFailed(i, reason));
        }
    }
}
