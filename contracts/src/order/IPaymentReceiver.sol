// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title A contract that takes payments out of balances held by the order book.
interface IPaymentReceiver {
    /// @notice Called by the vault after `amount` of `token` has moved from `from`'s balance to this contract's.
    /// @return This function's selector; anything else undoes the payment.
    function onPaid(address from, address token, uint256 amount, bytes calldata data) external returns (bytes4);
}
