// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Case, IArbitration, Side} from "../../src/order/IArbitration.sol";
import {IOrderBook, Order} from "../../src/order/IOrderBook.sol";

/// @notice A court that takes the fee it is told to, remembers what it was told, and can be made to misbehave.
contract TestCourt is IArbitration {
    error TestCourt_Refused();

    IOrderBook public immutable book;

    uint256 public fee;
    bool public refuses;
    bytes private _reentry;

    Case private _lastCase;
    Side public lastSide;
    address public lastPayer;
    uint256 public hearings;

    constructor(IOrderBook book_) {
        book = book_;
    }

    function setFee(uint256 fee_) external {
        fee = fee_;
    }

    function refuse(bool refuses_) external {
        refuses = refuses_;
    }

    /// Calls the order book with this from inside its own call.
    function reenter(bytes calldata call) external {
        _reentry = call;
    }

    function onContested(Case calldata dispute, Side side, address payer) external returns (uint256) {
        _lastCase = dispute;
        return _hear(side, payer);
    }

    function onJoined(bytes32, Side side, address payer) external returns (uint256) {
        return _hear(side, payer);
    }

    function rule(Order calldata order, uint16 buyerBps) external returns (bytes32) {
        return book.rule(order, buyerBps);
    }

    /// Gives what it earned to somebody, as a court does with fees.
    function give(address token, address to, uint256 amount) external {
        book.transfer(token, to, amount);
    }

    function lastCase() external view returns (Case memory) {
        return _lastCase;
    }

    function _hear(Side side, address payer) private returns (uint256) {
        require(!refuses, TestCourt_Refused());
        (lastSide, lastPayer) = (side, payer);
        ++hearings;
        if (_reentry.length != 0) {
            (bool ok, bytes memory reason) = address(book).call(_reentry);
            if (!ok) {
                assembly ("memory-safe") {
                    revert(add(reason, 32), mload(reason))
                }
            }
        }
        return fee;
    }
}
