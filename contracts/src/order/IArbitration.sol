// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice The two sides of an order.
enum Side {
    Buyer,
    Seller
}

/// @notice What a court learns about an order that is brought before it.
struct Case {
    bytes32 orderId;
    address buyer;
    uint256 shopId;
    address currency;
    /// What the escrow still holds of the order, in base units.
    uint256 atStake;
}

/// @title What an arbitrator that is a contract answers to the order book.
/// @notice Called inside the order book's reentrancy guard, after the order has changed its state. The fee that is returned
/// is then taken from the side's account (the buyer's, or the shop's money account) and credited to the court's own balance.
/// @dev Nothing is called when an order leaves the court's hands without a ruling, so that no court can hold it back:
/// the outcome stands in `IOrderBook.stateOf`.
interface IArbitration {
    /// @notice One side brings the order before the court. Order book only.
    /// @param payer The account the fee is taken from.
    function onContested(Case calldata dispute, Side side, address payer) external returns (uint256 fee);

    /// @notice The other side answers. Order book only.
    function onJoined(bytes32 orderId, Side side, address payer) external returns (uint256 fee);
}
