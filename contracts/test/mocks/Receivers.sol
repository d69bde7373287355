// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPaymentReceiver} from "../../src/order/IPaymentReceiver.sol";
import {IVault} from "../../src/order/IVault.sol";

/// @notice Takes payments and remembers the last one; may pass them on or answer wrongly.
contract TestReceiver is IPaymentReceiver {
    address public from;
    address public token;
    uint256 public amount;
    bytes public data;
    /// The vault's balance of this contract when it was told of the payment.
    uint256 public balanceThen;
    bytes4 private _answer = IPaymentReceiver.onPaid.selector;
    bytes private _reentry;

    function answerWith(bytes4 answer) external {
        _answer = answer;
    }

    /// Calls the vault with this when it is paid.
    function reenter(bytes calldata call) external {
        _reentry = call;
    }

    function onPaid(address from_, address token_, uint256 amount_, bytes calldata data_) external returns (bytes4) {
        (from, token, amount, data) = (from_, token_, amount_, data_);
        balanceThen = IVault(msg.sender).balanceOf(address(this), token_);
        if (_reentry.length != 0) {
            (bool ok, bytes memory reason) = msg.sender.call(_reentry);
            if (!ok) {
                assembly ("memory-safe") {
                    revert(add(reason, 32), mload(reason))
                }
            }
        }
        return _answer;
    }
}
